using System.Collections.Concurrent;

namespace TimeTagger.FunctionsHost.ScriptedWorker;

/// <summary>What each call comes to, by its id: HTTP and the stream tell of the same calls, in any order.</summary>
internal sealed class Invocations
{
    private readonly ConcurrentDictionary<string, Invocation> _all = new(StringComparer.Ordinal);

    public Invocation this[string id] => _all.GetOrAdd(id, static _ => new Invocation());
}

/// <summary>One call.</summary>
internal sealed class Invocation
{
    /// <summary>Why it failed, or null.</summary>
    public TaskCompletionSource<string?> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The host wants it to be given up.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lines to be logged through the host before it ends.</summary>
    public ConcurrentQueue<(int Level, string Text)> Lines { get; } = [];
}
