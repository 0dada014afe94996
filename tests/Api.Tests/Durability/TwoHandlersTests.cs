using TimeTagger.Api.Tests.Handler;
using TimeTagger.Tests;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>Two handlers on one data folder, as two instances in the cloud are on one storage account.</summary>
public sealed class TwoHandlersTests
{
    private const int WritersEach = 2;
    private static readonly (string, string?) AllUsers = ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers);

    [Fact]
    public async Task Put_AtTwoHandlersAtOnce_LosesNothingAndEveryFollowerReceivesAllOnce()
    {
        var commits = ProofScale.Times(50);
        using var data = new DataFolder();
        await using var first = await HandlerProcess.StartAsync(data.Path, AllUsers);
        await using var second = await HandlerProcess.StartAsync(data.Path, AllUsers);
        var account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
        ApiClient[] clients = [account, account.At(second.Http)];
        var followers = clients.Select(client => new Follower(client)).ToList();
        using var stop = new CancellationTokenSource();

        var following = followers.Select(follower => Task.Run(() => follower.FollowAsync(stop.Token))).ToList();
        var written = clients
            .SelectMany(
                (client, c) =>
                    Enumerable.Range(0, WritersEach).Select(w => Task.Run(() => WriteAsync(client, $"{c}{w}")))
            )
            .ToList();
        await Task.WhenAll(written);
        await stop.CancelAsync();
        await Task.WhenAll(following);

        foreach (var follower in followers)
        {
            await follower.PollAsync();
            Assert.Equal(commits * WritersEach * clients.Length, follower.Held.Count);
            Assert.All(follower.Received.Values, times => Assert.Equal(1, times));
            Assert.Equal(follower.Held.Count, follower.Held.Values.Distinct().Count());
        }

        Assert.Equal(followers[0].Held.OrderBy(item => item.Key), followers[1].Held.OrderBy(item => item.Key));
        first.AssertSound();
        second.AssertSound();

        async Task WriteAsync(ApiClient client, string writer)
        {
            var last = 0.0;
            for (var i = 0; i < commits; i++)
            {
                var key = $"{writer}-{i:D5}";
                await client.StoreAsync("records", $"[{ApiClient.Record(key)}]");
                var st = (await client.PollAsync(last))
                    .Records.Where(item => Poll.KeyOf(item) == key)
                    .Select(Poll.StOf);
                Assert.True(Assert.Single(st) > last, "The server time did not rise.");
                last = st.Single();
            }
        }
    }

    [Fact]
    public async Task Put_OfOneRecordAtTwoHandlers_EndsWithTheLargestMtAtBoth()
    {
        using var data = new DataFolder();
        await using var first = await HandlerProcess.StartAsync(data.Path, AllUsers);
        await using var second = await HandlerProcess.StartAsync(data.Path, AllUsers);
        var account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
        ApiClient[] clients = [account, account.At(second.Http)];
        var times = Enumerable.Range(1, ProofScale.Times(40)).ToArray();
        new Random(5).Shuffle(times);

        await Task.WhenAll(
            times.Select((mt, i) => clients[i % 2].StoreAsync("records", $"[{ApiClient.Record("a", mt, ds: $"{mt}")}]"))
        );

        foreach (var client in clients)
        {
            var record = Assert.Single((await client.PollAsync("0")).Records);
            Assert.Equal(times.Max(), record.GetProperty("mt").GetInt64());
            Assert.Equal($"{times.Max()}", record.GetProperty("ds").GetString());
        }
    }

    [Fact]
    public async Task Token_ResetAtOneHandler_IsRevokedAtTheOtherAtOnce()
    {
        using var data = new DataFolder();
        await using var first = await HandlerProcess.StartAsync(data.Path, AllUsers);
        await using var second = await HandlerProcess.StartAsync(data.Path, AllUsers);
        var account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
        var elsewhere = account.At(second.Http);
        Assert.Equal(200, (await elsewhere.GetAsync("version")).Status);

        var renewed = await account.GetTokenAsync("webtoken?reset=1");

        (await elsewhere.GetAsync("version")).AssertRefusedWith(401, "unauthorized: The webtoken is revoked");
        Assert.Equal(200, (await elsewhere.With(renewed).GetAsync("version")).Status);
        Assert.Equal(
            await account.With(renewed).GetTokenAsync("apitoken"),
            await elsewhere.With(renewed).GetTokenAsync("apitoken")
        );
    }
}
