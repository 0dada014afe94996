namespace TimeTagger.Storage.Tests.Memory;

/// <summary>
/// Holds every call twice, before it happens and before its answer, until a test lets it pass. The order of what
/// happens is then the test's alone.
/// </summary>
/// <param name="plan">What goes wrong at a gate that opens.</param>
internal sealed class Gates(IFaultPlan plan) : IFaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Gate> _held = [];

    /// <summary>The calls that wait, in the order in which they came, and whether each has happened already.</summary>
    public IReadOnlyList<(StorageCall Call, bool HasHappened)> Held
    {
        get
        {
            lock (_lock)
                return [.. _held.Select(gate => (gate.Call, gate.HasHappened))];
        }
    }

    /// <summary>Lets one of <see cref="Held"/> pass, or ends it with <paramref name="error"/>.</summary>
    public void Release(int index, Exception? error = null)
    {
        Gate gate;
        lock (_lock)
        {
            gate = _held[index];
            _held.RemoveAt(index);
        }

        if (error is null)
            gate.Opened.TrySetResult();
        else
            gate.Opened.TrySetException(error);
    }

    /// <inheritdoc/>
    public async ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
    {
        await HoldAsync(call, hasHappened: false, cancellation);
        await plan.BeforeAsync(call, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask AfterAsync(StorageCall call, CancellationToken cancellation)
    {
        await HoldAsync(call, hasHappened: true, cancellation);
        await plan.AfterAsync(call, cancellation);
    }

    /// <inheritdoc/>
    public PageShape Page(StorageCall call, int top) => plan.Page(call, top);

    /// <inheritdoc/>
    public TimeSpan Skew(StorageCall call) => plan.Skew(call);

    // Continuations run inside Release, on the test's own thread: when it returns, what the call set off has run up to
    // the next gate, unless it waits for something that completes on the thread pool (a semaphore of its own).
    private async Task HoldAsync(StorageCall call, bool hasHappened, CancellationToken cancellation)
    {
        var gate = new Gate(call, hasHappened, new TaskCompletionSource());
        lock (_lock)
            _held.Add(gate);
        await using var registration = cancellation.Register(() =>
        {
            lock (_lock)
                _held.Remove(gate);
            gate.Opened.TrySetCanceled(cancellation);
        });
        await gate.Opened.Task;
    }

    private sealed record Gate(StorageCall Call, bool HasHappened, TaskCompletionSource Opened);
}
