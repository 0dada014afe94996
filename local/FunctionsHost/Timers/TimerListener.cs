using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>
/// Runs a function when it is due: never twice at a time, and what was missed while no host ran once, at the start, where the
/// host remembers the timer.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="invoker">Calls it.</param>
/// <param name="memory">Remembers when it ran.</param>
/// <param name="time">The clock.</param>
internal sealed class TimerListener(TimerFunction function, Invoker invoker, TimerMemory memory, TimeProvider time)
{
    private TimerStatus? _status;

    /// <summary>Runs until it is stopped, and until a call that is under way then has ended.</summary>
    public async Task ListenAsync(CancellationToken stopping)
    {
        using var turn = await memory.LockAsync(time, stopping);
        var isPastDue = Recall();
        if (isPastDue || function.RunsOnStartup)
        {
            await RunAsync(isPastDue);
        }

        while (function.Schedule.Next(time.GetUtcNow()) is { } next)
        {
            await DelayUntilAsync(next, stopping);
            await RunAsync(isPastDue: false);
        }
    }

    /// <returns>Whether a time was missed.</returns>
    private bool Recall()
    {
        var now = time.GetUtcNow();
        if (!function.Schedule.IsRemembered(now))
        {
            return false;
        }

        // Another schedule than the one of then has missed nothing.
        var status = memory.Read();
        if (status is not null && status.Next == NextAfter(status.Last == default ? status.LastUpdated : status.Last))
        {
            _status = status;
            return status.Next < now;
        }

        Remember(status?.Last ?? default, NextAfter(now));
        return false;
    }

    private async Task RunAsync(bool isPastDue)
    {
        var now = time.GetUtcNow();
        var invocation = Invocation.Of(function, $"Timer fired at {now:O}", now);
        invocation.Request.InputData.Add(TimerValues.Of(function, _status, isPastDue));
        await invoker.InvokeAsync(invocation, meanwhile: null, CancellationToken.None);
        if (_status is not null)
        {
            Remember(now, NextAfter(now));
        }
    }

    private async Task DelayUntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        while (due - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), time, stopping);
        }

        stopping.ThrowIfCancellationRequested();
    }

    private DateTimeOffset NextAfter(DateTimeOffset when) => function.Schedule.Next(when) ?? DateTimeOffset.MaxValue;

    private void Remember(DateTimeOffset last, DateTimeOffset next)
    {
        _status = new TimerStatus(last, next, time.GetUtcNow());
        memory.Write(_status);
    }
}
