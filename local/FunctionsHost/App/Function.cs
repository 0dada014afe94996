using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.App;

/// <summary>A function of the package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">The binding that sets it off.</param>
internal abstract record Function(string Name, Binding Trigger);

/// <summary>One that HTTP calls reach.</summary>
/// <param name="Route">Its route, the prefix included.</param>
/// <param name="Methods">The methods that it takes, or null for all.</param>
/// <param name="Level">Which key a call needs.</param>
internal sealed record HttpFunction(
    string Name,
    Binding Trigger,
    string Route,
    IReadOnlyList<string>? Methods,
    AuthLevel Level
) : Function(Name, Trigger);

/// <summary>One that messages of a queue set off.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Connection">The connection string of its storage account.</param>
internal sealed record QueueFunction(string Name, Binding Trigger, string Queue, string Connection)
    : Function(Name, Trigger);

/// <summary>One that the clock sets off.</summary>
/// <param name="Schedule">When.</param>
/// <param name="RunsOnStartup">Whether it runs when the host starts, too.</param>
internal sealed record TimerFunction(string Name, Binding Trigger, Schedule Schedule, bool RunsOnStartup)
    : Function(Name, Trigger);

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
