using System.Diagnostics;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using Xunit.Abstractions;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>A PUT of 20,000 records is one commit, also to those who poll while it is made.</summary>
[Collection(nameof(Proofs))]
public sealed class LargePutTests(ProofStores stores, ITestOutputHelper output)
{
    private const int Records = 20_000;

    private const int Meanwhile = 50;

    // Together too large for a row, so that a blob is part of the commit.
    private const int NoiseBytes = 64;

    [Rule("7.6")]
    [Theory]
    [InlineData(StorageKind.Embedded)]
    [InlineData(StorageKind.Azurite)]
    public async Task Put_OfTwentyThousandRecordsWhileOthersPoll_ReachesEachOfThemOnce(StorageKind kind)
    {
        using var store = await stores.OpenAsync(kind);
        await using var first = await store.StartServerAsync();
        await using var second = await store.StartServerAsync();
        var account = await store.NewAccountAsync(first);
        var elsewhere = account.At(second.Http);
        List<Follower> followers = [new(account), new(elsewhere)];
        using var stop = new CancellationTokenSource();
        var following = followers.Select(follower => Task.Run(() => follower.FollowAsync(stop.Token))).ToList();
        await account.StoreAsync("records", $"[{ApiClient.Record("before")}]");
        var started = Stopwatch.GetTimestamp();

        // Small commits at the other server take numbers away from it, and move the cursors. Without an end they would
        // take every one of its tries.
        var large = account.StoreAsync("records", ApiClient.Incompressible(1, Records, NoiseBytes));
        for (var i = 0; i < Meanwhile; i++)
        {
            await elsewhere.StoreAsync("records", $"[{ApiClient.Record($"meanwhile-{i}")}]");
        }

        await large;
        var took = Stopwatch.GetElapsedTime(started);
        await elsewhere.StoreAsync("records", $"[{ApiClient.Record("after")}]");
        await stop.CancelAsync();
        await Task.WhenAll(following);

        foreach (var follower in followers)
        {
            await follower.PollAsync();
            Assert.Equal(Records + Meanwhile + 2, follower.Held.Count);
            Assert.All(follower.Received.Values, times => Assert.Equal(1, times));
            Assert.Single(follower.Held.Where(item => item.Key.Contains('/')).Select(item => item.Value).Distinct());
            Assert.True(follower.Held["before"] < follower.Held["1/0"]);
            Assert.True(follower.Held["1/0"] < follower.Held["after"]);
        }

        Assert.Equal(followers[0].Held.OrderBy(item => item.Key), followers[1].Held.OrderBy(item => item.Key));
        first.AssertSound();
        second.AssertSound();
        var check = await store.AssertNothingWrongAsync();
        output.WriteLine($"{kind}: {Records} records in {took.TotalSeconds:0.0} s. {check}");
    }
}
