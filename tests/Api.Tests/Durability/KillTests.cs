using System.Collections.Concurrent;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using TimeTagger.Tests;
using Xunit.Abstractions;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>
/// SIGKILL in the middle of PUTs: what was acknowledged is there, and nothing is there by halves. The store is not
/// killed. Both tests together kill four times, and 200 times in a full run.
/// </summary>
[Collection(nameof(Proofs))]
public sealed class KillTests(ProofStores stores, ITestOutputHelper output)
{
    private const int Writers = 4;
    private const int ItemsInAPut = 7;
    private const int ItemsInALargePut = 6000;
    private const int MostPutsBeforeAKill = 40;
    private const int MostPutsBesideALargeOne = 25;

    [Rule("6.8")]
    [Theory]
    [InlineData(StorageKind.Embedded)]
    [InlineData(StorageKind.Azurite)]
    public async Task Kill_DuringConcurrentPuts_LosesNothingAcknowledgedAndHalvesNothing(StorageKind kind)
    {
        var kills = ProofScale.Times(3);
        var random = new Random(20260131);
        var acknowledged = new ConcurrentBag<string>();
        using var store = await stores.OpenAsync(kind);
        var server = await store.StartServerAsync();
        try
        {
            var account = await store.NewAccountAsync(server);
            var follower = new Follower(account);
            for (var round = 0; round < kills; round++)
            {
                var client = account.At(server.Http);
                follower.Account = client;
                var enough = new Countdown(random.Next(1, MostPutsBeforeAKill));
                var work = Enumerable
                    .Range(0, Writers)
                    .Select(writer => WriteUntilKilledAsync(client, $"{round}-{writer}", acknowledged, enough))
                    .Append(CameToItsEndAsync(() => follower.FollowAsync(CancellationToken.None)))
                    .ToList();
                await enough.Reached.WaitAsync(ServerProcess.Patience);
                await server.KillAsync();
                Assert.All(await Task.WhenAll(work), Assert.False);
                server = await StartAgainAsync(server, store);
                follower.Account = account.At(server.Http);
                await AssertWholeAsync(follower, acknowledged);
            }

            Assert.True(acknowledged.Count >= kills);
            server.AssertSound();
            var check = await store.AssertNothingWrongAsync();
            output.WriteLine($"{kind}: killed {kills} times, {acknowledged.Count} acknowledged. {check}");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(StorageKind.Embedded)]
    [InlineData(StorageKind.Azurite)]
    public async Task Kill_DuringPutsTooLargeForARow_HalvesNone(StorageKind kind)
    {
        var kills = ProofScale.Times(1);
        var (acknowledged, whole) = (0, 0);
        var random = new Random(20260201);
        using var store = await stores.OpenAsync(kind);
        var server = await store.StartServerAsync();
        try
        {
            // The PUTs of another account, which do not wait for the large one, are the clock of the kill.
            var other = await store.NewAccountAsync(server);
            var small = new List<string>();
            for (var round = 0; round < kills; round++)
            {
                var account = await store.NewAccountAsync(server);
                var large = CameToItsEndAsync(() => account.StoreAsync("records", LargeBatch(round)));
                for (var i = random.Next(1, MostPutsBesideALargeOne); i > 0; i--)
                {
                    small.Add($"{round}-{i}");
                    await other.At(server.Http).StoreAsync("records", Batch(small[^1]));
                }

                await server.KillAsync();
                var wasAccepted = await large;
                server = await StartAgainAsync(server, store);
                var stored = (await account.At(server.Http).PollAsync("0")).Records.Count;
                Assert.True(
                    stored == ItemsInALargePut || (stored == 0 && !wasAccepted),
                    $"{stored} of {ItemsInALargePut} are there."
                );
                acknowledged += wasAccepted ? 1 : 0;
                whole += stored > 0 ? 1 : 0;
            }

            var batches = Batches(await other.At(server.Http).PollAsync("0"));
            Assert.Equal(small.Order(StringComparer.Ordinal), batches.Keys.Order(StringComparer.Ordinal));
            server.AssertSound();
            var check = await store.AssertNothingWrongAsync();
            output.WriteLine(
                $"{kind}: killed {kills} times, {acknowledged} large acknowledged, {whole} there. {check}"
            );
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<ServerProcess> StartAgainAsync(ServerProcess server, ProofStore store)
    {
        server.AssertSound();
        await server.DisposeAsync();
        return await store.StartServerAsync();
    }

    private static async Task AssertWholeAsync(Follower follower, IReadOnlyCollection<string> acknowledged)
    {
        // The cursor from before the kill still leads to everything, once.
        await follower.PollAsync();
        Assert.All(follower.Received.Values, times => Assert.Equal(1, times));

        var all = await follower.Account.PollAsync("0");
        Assert.Equal(
            follower.Held.OrderBy(item => item.Key, StringComparer.Ordinal),
            all.Records.ToDictionary(Poll.KeyOf, Poll.StOf).OrderBy(item => item.Key, StringComparer.Ordinal)
        );
        var batches = Batches(all);
        Assert.Empty(acknowledged.Except(batches.Keys, StringComparer.Ordinal));
        Assert.All(batches.Values, batch => Assert.Single(batch.Select(Poll.StOf).Distinct()));
        Assert.Equal(batches.Count, batches.Values.Select(batch => Poll.StOf(batch[0])).Distinct().Count());
    }

    // What lies before the slash is the PUT that a record came with.
    private static Dictionary<string, List<System.Text.Json.JsonElement>> Batches(Poll poll)
    {
        var batches = poll
            .Records.GroupBy(record => Poll.KeyOf(record).Split('/')[0])
            .ToDictionary(batch => batch.Key, batch => batch.ToList(), StringComparer.Ordinal);
        Assert.All(batches.Values, batch => Assert.Equal(ItemsInAPut, batch.Count));
        return batches;
    }

    private static Task<bool> WriteUntilKilledAsync(
        ApiClient client,
        string writer,
        ConcurrentBag<string> acknowledged,
        Countdown enough
    ) =>
        CameToItsEndAsync(async () =>
        {
            for (var i = 0; ; i++)
            {
                await client.StoreAsync("records", Batch($"{writer}-{i}"));
                acknowledged.Add($"{writer}-{i}");
                enough.Signal();
            }
        });

    // False when the server died under it.
    private static async Task<bool> CameToItsEndAsync(Func<Task> calls)
    {
        try
        {
            await calls();
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private static string Batch(string name) =>
        ApiClient.List(Enumerable.Range(0, ItemsInAPut).Select(i => ApiClient.Record($"{name}/{i}")));

    private static string LargeBatch(int seed) => ApiClient.Incompressible(seed, ItemsInALargePut, 180);
}
