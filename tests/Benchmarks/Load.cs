using System.Diagnostics;

namespace TimeTagger.Benchmarks;

/// <summary>What came out of a measurement.</summary>
/// <param name="PerSecond">Median over the rounds of requests per second.</param>
/// <param name="Milliseconds">Median over the rounds of the median time of a request.</param>
internal sealed record Measured(double PerSecond, double Milliseconds);

/// <summary>Sends requests on a number of connections for a time, several times over.</summary>
internal static class Load
{
    private const int Rounds = 5;

    /// <param name="send">Sends one request and reads its answer; is told a number that rises.</param>
    /// <param name="connections">How many at a time.</param>
    /// <param name="duration">How long a round is.</param>
    internal static async Task<Measured> RunAsync(Func<int, Task> send, int connections, TimeSpan duration)
    {
        await OnceAsync(send, connections, duration / 2); // warm up
        var rounds = new List<Measured>();
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add(await OnceAsync(send, connections, duration));
        }

        return new Measured(
            Median.Of(rounds.Select(round => round.PerSecond)),
            Median.Of(rounds.Select(round => round.Milliseconds))
        );
    }

    private static int _sent;

    /// <summary>One round of it.</summary>
    internal static async Task<Measured> OnceAsync(Func<int, Task> send, int connections, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(OneConnectionAsync)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var all = times.SelectMany(time => time).ToList();
        return new Measured(all.Count / seconds, Median.Of(all));

        async Task<List<double>> OneConnectionAsync()
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var begin = Stopwatch.GetTimestamp();
                await send(Interlocked.Increment(ref _sent));
                mine.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }

            return mine;
        }
    }
}
