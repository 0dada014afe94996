using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.App;

/// <summary>A function of the package.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Trigger">The name of the binding that sets it off.</param>
/// <param name="Outputs">Where its results go.</param>
internal abstract record Function(string Name, string Trigger, IReadOnlyList<Output> Outputs)
{
    /// <summary>What is done about a failure before it counts as one; null for nothing. Not for HTTP.</summary>
    public RetryPolicy? Retry { get; init; }
}

/// <summary>One that HTTP calls reach.</summary>
/// <param name="Route">Its route, the prefix included.</param>
/// <param name="Methods">The methods that it takes, or null for all.</param>
/// <param name="Level">Which key a call needs.</param>
/// <param name="WantsPayload">Whether calls are described to it in JSON, instead of being passed on.</param>
internal sealed record HttpFunction(
    string Name,
    string Trigger,
    IReadOnlyList<Output> Outputs,
    string Route,
    IReadOnlyList<string>? Methods,
    AuthLevel Level,
    bool WantsPayload
) : Function(Name, Trigger, Outputs);

/// <summary>One that messages of a queue set off.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Connection">The connection string of its storage account.</param>
/// <param name="IsBinary">Whether it wants messages as binary data.</param>
internal sealed record QueueFunction(
    string Name,
    string Trigger,
    IReadOnlyList<Output> Outputs,
    string Queue,
    string Connection,
    bool IsBinary
) : Function(Name, Trigger, Outputs);

/// <summary>One that the clock sets off.</summary>
/// <param name="Schedule">When.</param>
/// <param name="RunsOnStartup">Whether it runs when the host starts, too.</param>
internal sealed record TimerFunction(
    string Name,
    string Trigger,
    IReadOnlyList<Output> Outputs,
    Ncrontab Schedule,
    bool RunsOnStartup
) : Function(Name, Trigger, Outputs);

/// <summary>A binding through which results leave a function.</summary>
/// <param name="Name">Its name: the field of the results, or <c>$return</c>.</param>
internal abstract record Output(string Name);

/// <summary>The answer to a call.</summary>
internal sealed record HttpOutput(string Name) : Output(Name);

/// <summary>Messages of a queue.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Connection">The connection string of its storage account.</param>
internal sealed record QueueOutput(string Name, string Queue, string Connection) : Output(Name);

/// <summary>Which key a call needs.</summary>
internal enum AuthLevel
{
    /// <summary>That of the function or of the host, or the master key.</summary>
    Function,

    /// <summary>None.</summary>
    Anonymous,

    /// <summary>The master key.</summary>
    Admin,
}
