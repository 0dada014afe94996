using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.FunctionsHost.Queues;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost;

/// <summary>What sets functions off without anybody calling: queues and timers.</summary>
internal sealed class Triggers(QueueOptions options, string? state, Invoker invoker, TimeProvider time, HostLog log)
{
    // What runs when the host stops gets this long, and is left to itself then.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    /// <summary>Listens for all functions until it is stopped, also where there is nothing to listen to.</summary>
    /// <exception cref="FormatException">The connection string of a queue is none.</exception>
    public async Task ListenAsync(FunctionApp app, CancellationToken stopping)
    {
        List<Task> listening =
        [
            .. app
                .Functions.OfType<QueueFunction>()
                .Select(function => new QueueListener(function, options, invoker, time, log).ListenAsync(stopping)),
            .. app
                .Functions.OfType<TimerFunction>()
                .Select(function => new TimerListener(function, invoker, new(state, function.Name), time))
                .Select(listener => listener.ListenAsync(stopping)),
        ];
        var stopped = Task.Delay(Timeout.Infinite, stopping);
        await foreach (var ended in Task.WhenEach([.. listening, stopped]))
        {
            if (ended.IsFaulted)
            {
                await ended;
            }

            if (ended == stopped)
            {
                break;
            }
        }

        await Task.WhenAny(Task.WhenAll(listening), Task.Delay(StopPatience, time, CancellationToken.None));
    }
}
