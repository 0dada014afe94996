using System.Collections.Concurrent;
using TimeTagger.Api.Tests.Handler;
using TimeTagger.Tests;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>SIGKILL in the middle of PUTs: what was acknowledged is there, and nothing is there by halves.</summary>
public sealed class KillTests
{
    private const int Writers = 4;
    private const int ItemsInAPut = 7;
    private static readonly (string, string?) AllUsers = ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers);

    [Fact]
    public async Task Kill_DuringConcurrentPuts_LosesNothingAcknowledgedAndHalvesNothing()
    {
        using var data = new DataFolder();
        var random = new Random(20260131);
        var acknowledged = new ConcurrentBag<string>();
        var handler = await HandlerProcess.StartAsync(data.Path, AllUsers);
        try
        {
            var account = await ApiClient.SignInAsync(handler.Http, Credentials.User(1));
            var follower = new Follower(account);
            for (var round = 0; round < ProofScale.Times(4); round++)
            {
                var client = account.At(handler.Http);
                follower.Account = client;
                using var enough = new CountdownEvent(random.Next(1, 40));
                var work = Enumerable
                    .Range(0, Writers)
                    .Select(writer => WriteUntilKilledAsync(client, $"{round}-{writer}", acknowledged, enough))
                    .Append(FollowUntilKilledAsync(follower))
                    .ToList();
                await Task.Run(() => Assert.True(enough.Wait(HandlerProcess.Patience)));
                await handler.KillAsync();
                await Task.WhenAll(work);
                await handler.DisposeAsync();

                handler = await HandlerProcess.StartAsync(data.Path, AllUsers);
                follower.Account = account.At(handler.Http);
                await AssertWholeAsync(follower, acknowledged);
                handler.AssertSound();
            }

            Assert.True(acknowledged.Count >= ProofScale.Times(4));
        }
        finally
        {
            await handler.DisposeAsync();
        }
    }

    [Fact]
    public async Task Kill_DuringPutsTooLargeForARow_HalvesNone()
    {
        using var data = new DataFolder();
        var handler = await HandlerProcess.StartAsync(data.Path, AllUsers);
        try
        {
            var account = await ApiClient.SignInAsync(handler.Http, Credentials.User(1));
            const int records = 6000;
            for (var round = 0; round < ProofScale.Times(2); round++)
            {
                var client = account.At(handler.Http);
                var large = $"{round}-large";
                var accepted = Swallow(() => client.StoreAsync("records", LargeBatch(large, records)));
                await client.StoreAsync("records", Batch($"{round}-small"));
                await handler.KillAsync();
                var wasAccepted = await accepted;
                await handler.DisposeAsync();

                handler = await HandlerProcess.StartAsync(data.Path, AllUsers);
                var keys = (await account.At(handler.Http).PollAsync("0")).RecordKeys.ToList();
                var stored = keys.Count(key => key.StartsWith(large, StringComparison.Ordinal));
                Assert.Equal(
                    ItemsInAPut,
                    keys.Count(key => key.StartsWith($"{round}-small", StringComparison.Ordinal))
                );
                Assert.True(stored == records || (stored == 0 && !wasAccepted), $"{stored} of {records} are there.");
            }
        }
        finally
        {
            await handler.DisposeAsync();
        }
    }

    private static async Task AssertWholeAsync(Follower follower, IReadOnlyCollection<string> acknowledged)
    {
        var all = await follower.Account.PollAsync("0");
        var batches = all
            .Records.GroupBy(record => Poll.KeyOf(record).Split('/')[0])
            .ToDictionary(batch => batch.Key, batch => batch.ToList(), StringComparer.Ordinal);

        Assert.Empty(acknowledged.Except(batches.Keys, StringComparer.Ordinal));
        Assert.All(batches.Values, batch => Assert.Equal(ItemsInAPut, batch.Count));
        Assert.All(batches.Values, batch => Assert.Single(batch.Select(Poll.StOf).Distinct()));
        Assert.Equal(batches.Count, batches.Values.Select(batch => Poll.StOf(batch[0])).Distinct().Count());

        // The cursor from before the kill still leads to everything, once.
        await follower.PollAsync();
        Assert.Equal(all.Records.Count, follower.Held.Count);
        Assert.All(follower.Received.Values, times => Assert.Equal(1, times));
    }

    private static Task<bool> WriteUntilKilledAsync(
        ApiClient client,
        string writer,
        ConcurrentBag<string> acknowledged,
        CountdownEvent enough
    ) =>
        Swallow(async () =>
        {
            for (var i = 0; ; i++)
            {
                await client.StoreAsync("records", Batch($"{writer}-{i}"));
                acknowledged.Add($"{writer}-{i}");
                if (!enough.IsSet)
                {
                    Signal(enough);
                }
            }
        });

    private static void Signal(CountdownEvent enough)
    {
        try
        {
            enough.Signal();
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // Another writer was the one that was enough.
        }
    }

    private static Task<bool> FollowUntilKilledAsync(Follower follower) =>
        Swallow(() => follower.FollowAsync(CancellationToken.None));

    // True when it came to its end; false when the handler died under it.
    private static async Task<bool> Swallow(Func<Task> calls)
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
        List(Enumerable.Range(0, ItemsInAPut).Select(i => ApiClient.Record($"{name}/{i}")));

    private static string LargeBatch(string name, int records)
    {
        var random = new Random(1);
        var noise = new byte[180];
        return List(
            Enumerable
                .Range(0, records)
                .Select(i =>
                {
                    random.NextBytes(noise);
                    return ApiClient.Record($"{name}/{i}", ds: Convert.ToBase64String(noise));
                })
        );
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";
}
