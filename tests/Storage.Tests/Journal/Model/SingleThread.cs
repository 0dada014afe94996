namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>
/// Runs everything that awaits on the test's own thread, in the order in which it became ready: the same seed gives
/// the same run.
/// </summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = [];

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
        {
            _ready.Enqueue((d, state));
        }
    }

    /// <summary>Does something, and then whatever became ready by it, until nothing is.</summary>
    internal void Run(Action action)
    {
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (Next() is var (callback, state))
            {
                callback(state);
            }
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (_ready)
        {
            return _ready.TryDequeue(out var next) ? next : null;
        }
    }
}
