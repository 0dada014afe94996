using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TimeTagger.Storage.Tests;

/// <summary>
/// For code that sets its timer some time after it was called: a <see cref="FakeTimeProvider"/> does not tell when a timer
/// is set, and time that passes before that passes in vain.
/// </summary>
internal sealed class ManualClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timersSet = Channel.CreateUnbounded<TimeSpan>();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timersSet.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until <paramref name="call"/> has set a timer of that length, and lets the time pass.</summary>
    public async Task PassAsync(Task call, TimeSpan time)
    {
        var set = TimerSetAsync(time);
        if (await Task.WhenAny(set, call) == call)
        {
            await call;
            throw new InvalidOperationException($"The call has ended without a timer of {time}.");
        }

        Advance(time);
    }

    private async Task TimerSetAsync(TimeSpan dueTime)
    {
        while (await _timersSet.Reader.ReadAsync() != dueTime) { }
    }
}
