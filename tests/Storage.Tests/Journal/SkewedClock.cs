namespace TimeTagger.Storage.Tests.Journal;

/// <summary>The clock of one machine: the true one and an error. Timers fire as soon as the true one moves, so that a pause costs nothing.</summary>
internal sealed class SkewedClock(TimeProvider truth, TimeSpan error) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + error;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        truth.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
}
