using System.Collections.Concurrent;
using System.Diagnostics;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>Sends requests over several connections at once, and keeps count of what came of them.</summary>
internal sealed class FuzzRun(ServerProcess server, FuzzAccounts accounts, int seed)
{
    private const int Connections = 6;
    private const int Samples = 60;
    private const int EnoughProblems = 5;

    private readonly RequestGenerator _generator = new(seed, accounts);
    private readonly ConcurrentDictionary<(string Kind, string Outcome), int> _outcomes = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<long> _resident = new();
    private long _longestTicks;

    /// <summary>What was wrong, each with what is needed to see it again.</summary>
    internal IReadOnlyCollection<string> Problems => _problems;

    /// <summary>How much of the server was in memory, at even steps through the run, in MiB.</summary>
    internal IReadOnlyList<long> ResidentMegabytes => [.. _resident];

    /// <summary>The longest time that a request took, but for those that say nothing.</summary>
    internal TimeSpan Longest => new(_longestTicks);

    /// <summary>How often each kind of request ended how.</summary>
    internal IEnumerable<string> Summary() =>
        _outcomes
            .GroupBy(outcome => outcome.Key.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind =>
                $"{kind.Key}: {string.Join(", ", kind.OrderBy(outcome => outcome.Key.Outcome).Select(outcome => $"{outcome.Key.Outcome} × {outcome.Value}"))}"
            );

    /// <summary>Sends the requests of these numbers.</summary>
    internal async Task SendAsync(int from, int count)
    {
        var next = from - 1;
        var every = Math.Max(1, count / Samples);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(WorkAsync)));

        async Task WorkAsync()
        {
            using var connection = new FuzzConnection(server.Port);
            while (Interlocked.Increment(ref next) is var number && number < from + count)
            {
                await SendAsync(connection, number);
                if ((number + 1) % every == 0)
                {
                    _resident.Enqueue(server.ResidentBytes >> 20);
                }

                if (_problems.Count >= EnoughProblems || server.HasExited)
                {
                    return;
                }
            }
        }
    }

    private async Task SendAsync(FuzzConnection connection, int number)
    {
        var request = _generator.Create(number);
        IReadOnlyList<WireAnswer> answers = [];
        string? problem = null;
        var started = Stopwatch.GetTimestamp();
        try
        {
            answers = await connection.ExchangeAsync(request);
            problem = answers
                .Select(answer => AnswerRules.ProblemOf(request, answer))
                .FirstOrDefault(found => found is not null);
        }
        catch (Exception e)
        {
            // Whatever it is, the request that led to it has to be told.
            connection.Dispose();
            problem = $"{e.GetType().Name}: {e.Message}";
        }

        if (request.Ending != Ending.Silent)
        {
            InterlockedMax(ref _longestTicks, Stopwatch.GetElapsedTime(started).Ticks);
        }

        Count(request, answers);
        if (problem is not null)
        {
            var shown = answers.Select(answer => $"{answer.Status} {Wire.Show(Wire.Utf8(answer.Text))}");
            _problems.Enqueue(
                $"{problem}\nseed {seed}, request {number} ({request.Kind}, {request.Ending}), again with "
                    + $"{FuzzTests.Replay}={number}:\n{Wire.Show(request.Text)}\nanswers: {string.Join('\n', shown)}"
            );
        }

        if (answers.Any(AnswerRules.IsRevoked))
        {
            await accounts.RenewAsync(request.Account);
        }
    }

    private void Count(FuzzRequest request, IReadOnlyList<WireAnswer> answers)
    {
        foreach (var answer in answers)
        {
            var outcome = AnswerRules.IsBare(answer) ? $"{answer.Status} bare" : $"{answer.Status}";
            _outcomes.AddOrUpdate((request.Kind, outcome), 1, (_, count) => count + 1);
        }

        if (answers.Count == 0)
        {
            _outcomes.AddOrUpdate((request.Kind, "ended"), 1, (_, count) => count + 1);
        }
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; )
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var was && was == seen ? value : was;
        }
    }
}
