using System.Diagnostics;
using System.Globalization;
using TimeTagger.Api.Tests.Durability;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using TimeTagger.Tests;
using Xunit.Abstractions;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>
/// Requests by chance, from sound to no HTTP at all, at the real server. None is answered with a defect of ours or not
/// at all, none stores what a sound one could not, and the server does not grow.
/// </summary>
[Collection(nameof(Proofs))]
public sealed class FuzzTests(ProofStores stores, ITestOutputHelper output)
{
    /// <summary>A number of a request, to send that one alone.</summary>
    internal const string Replay = "TIMETAGGER_FUZZ_REPLAY";

    private const int Seed = 1;
    private const int Accounts = 5;
    private const int ItemsInAPut = 200;
    private const string Refusal = "Item was modified after a reset";

    // The heap follows what happens to be live when it is collected; a leak of 2 KiB a request would show in a full run.
    private const double Growth = 1.1;
    private const int GrowthMegabytes = 32;

    /// <summary>The stores there are; behind a Functions host one machine's own is none.</summary>
    public static TheoryData<StorageKind> Stores =>
        HostUnderTest.IsFunctions ? [StorageKind.Azurite] : [StorageKind.Embedded, StorageKind.Azurite];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task AnyRequests_AtTheServer_AreAnsweredAndStoreNothingThatIsNotSound(StorageKind kind)
    {
        using var store = await stores.OpenAsync(kind);
        await using var server = await store.StartServerAsync();
        var strangers = new[] { await store.NewAccountAsync(server), await store.NewAccountAsync(server) };
        foreach (var stranger in strangers)
        {
            await stranger.StoreAsync("records", ApiClient.Incompressible(1, 30, 20));
            await stranger.StoreAsync("settings", """[{"key":"a","mt":1,"value":{"b":[1e400,null]}}]""");
        }

        var before = await Task.WhenAll(strangers.Select(stranger => stranger.GetAsync("updates?since=-1")));
        var users = new List<string>();
        for (var i = 0; i < Accounts; i++)
        {
            users.Add((await store.NewAccountAsync(server)).User);
        }

        using var accounts = await FuzzAccounts.OpenAsync(server.Http, users, strangers[0].User);
        var run = new FuzzRun(server, accounts, Seed);
        var started = Stopwatch.GetTimestamp();

        var (first, count) = Numbers();
        await run.SendAsync(first, count);

        output.WriteLine($"{kind}: {count} requests in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        output.WriteLine($"The slowest took {run.Longest.TotalSeconds:0.0} s");
        output.WriteLine(string.Join('\n', run.Summary()));
        Assert.False(server.HasExited, server.Output + server.Error);
        Assert.True(run.Problems.Count == 0, string.Join("\n\n", run.Problems));
        AssertFlat(run.ResidentMegabytes);
        foreach (var account in accounts.All)
        {
            output.WriteLine(await AssertSoundAsync(accounts.Client(account), mayRefuse: account.Number == 0));
        }

        var after = await Task.WhenAll(strangers.Select(stranger => stranger.GetAsync("updates?since=-1")));
        Assert.Equal(before.Select(answer => answer.Body), after.Select(answer => answer.Body));
        AssertQuiet(server);
        output.WriteLine(await store.AssertNothingWrongAsync());
    }

    private static (int First, int Count) Numbers() =>
        Environment.GetEnvironmentVariable(Replay) is { Length: > 0 } number
            ? (int.Parse(number, CultureInfo.InvariantCulture), 1)
            : (0, ProofScale.Times(2000));

    // Behind a Functions host its packages log the calls whose bodies never came as failures of theirs; none may be ours.
    private static void AssertQuiet(ServerProcess server)
    {
        if (HostUnderTest.IsFunctions)
        {
            string[] ours = [" fail: TimeTagger", " crit: TimeTagger", "defect of ours"];
            Assert.All(ours, sign => Assert.DoesNotContain(sign, server.Output, StringComparison.Ordinal));
            return;
        }

        server.AssertSound();
        Assert.DoesNotContain(" warn: ", server.Output, StringComparison.Ordinal);
    }

    private void AssertFlat(IReadOnlyList<long> megabytes)
    {
        if (megabytes.Count < 3)
        {
            return; // A single request again.
        }

        var third = megabytes.Count / 3;
        var (warm, last) = (Median(megabytes.Skip(third).Take(third)), Median(megabytes.TakeLast(third)));
        output.WriteLine(
            $"Resident: {warm} MiB in the second third, {last} MiB in the last: {string.Join(' ', megabytes)}"
        );
        Assert.InRange(last, 1, (warm * Growth) + GrowthMegabytes);
    }

    private static long Median(IEnumerable<long> values) =>
        values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    // All that is stored keeps the rules, and could be sent again as it is.
    private static async Task<string> AssertSoundAsync(ApiClient account, bool mayRefuse)
    {
        var poll = await account.PollAsync("-1");
        Assert.True(poll.Reset);
        Assert.All(poll.Records, StoredRules.AssertRecord);
        Assert.All(poll.Settings, StoredRules.AssertSetting);
        foreach (var (path, items) in new[] { ("records", poll.Records), ("settings", poll.Settings) })
        {
            foreach (var part in items.Chunk(ItemsInAPut))
            {
                var answer = (
                    await account.PutAsync(path, ApiClient.List(part.Select(item => item.GetRawText())))
                ).Json();
                var errors = answer.GetProperty("errors").EnumerateArray().Select(text => text.GetString()!).ToList();
                Assert.All(errors, text => Assert.True(mayRefuse && text == Refusal, text));
                Assert.Equal(part.Length, answer.GetProperty("accepted").GetArrayLength() + errors.Count);
            }
        }

        Assert.Equal(StoredRules.Contents(poll), StoredRules.Contents(await account.PollAsync("-1")));
        return $"{poll.Records.Count} records and {poll.Settings.Count} settings";
    }
}
