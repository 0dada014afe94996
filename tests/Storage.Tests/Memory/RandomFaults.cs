using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>Faults by chance, the same for the same seed and the same order of calls. Every chance is 0 to 1.</summary>
internal sealed class RandomFaults(int seed) : IFaultPlan
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>The chance that a page is shorter than asked for; some are then empty.</summary>
    public double ShortPages { get; init; }

    /// <summary>The chance that the last page still has a continuation.</summary>
    public double LateEnds { get; init; }

    /// <summary>The chance that a call fails before anything happened.</summary>
    public double FailuresBefore { get; init; }

    /// <summary>The chance that a write happens and its answer is lost.</summary>
    public double LostAnswers { get; init; }

    /// <summary>How far the storage's clock is off at most, either way.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Only what a store may always do: short and empty pages, and ends that come late.</summary>
    public static RandomFaults Benign(int seed) => new(seed) { ShortPages = 0.5, LateEnds = 0.5 };

    /// <inheritdoc/>
    public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
    {
        if (Chance(FailuresBefore))
            throw new StorageUnavailableException($"Injected before {call.Operation} of {call.Target}.");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AfterAsync(StorageCall call, CancellationToken cancellation)
    {
        if (call.IsWrite && Chance(LostAnswers))
            throw new StorageUnavailableException($"Injected after {call.Operation} of {call.Target}.");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public PageShape Page(StorageCall call, int top)
    {
        var rows = top;
        if (Chance(ShortPages))
        {
            lock (_lock)
                rows = _random.Next(Math.Min(top, 4));
        }

        return new PageShape(rows, Chance(LateEnds));
    }

    /// <inheritdoc/>
    TimeSpan IFaultPlan.Skew(StorageCall call)
    {
        lock (_lock)
            return Skew * ((_random.NextDouble() * 2) - 1);
    }

    private bool Chance(double chance)
    {
        lock (_lock)
            return _random.NextDouble() < chance;
    }
}
