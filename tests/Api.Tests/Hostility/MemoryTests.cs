using System.Text;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hostility;

/// <summary>Many large bodies at once, on an instance that has memory for two.</summary>
public sealed class MemoryTests
{
    private const int Bodies = 6;
    private const int Tries = 10;

    [Fact]
    public async Task Put_ManyLargeBodiesAtOnce_AreAllStoredInTurnAndSmallCallsPass()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers),
            ("TIMETAGGER_MEMORY_MB", "64")
        );
        var accounts = new List<ApiClient>();
        for (var i = 0; i < Bodies; i++)
        {
            accounts.Add(await ApiClient.SignInAsync(server.Http, Credentials.User(i)));
        }

        var body = Encoding.UTF8.GetBytes(
            $"[{string.Join(',', Enumerable.Range(0, 20_000).Select(n => ApiClient.Record($"k{n}", ds: new string('x', 230))))}]"
        );
        Assert.InRange(body.Length, 5_000_000, 10_000_000);
        var large = accounts.Select(account => Task.Run(() => PutAsync(account, body))).ToList();
        while (large.Exists(put => !put.IsCompleted))
        {
            Assert.Equal(200, (await accounts[0].GetAsync("version")).Status);
        }

        await Task.WhenAll(large);
        foreach (var account in accounts)
        {
            Assert.Equal(20_000, (await account.PollAsync("0")).Records.Count);
        }
    }

    // A full instance says 503 and that nothing was stored: the client tries again.
    private static async Task PutAsync(ApiClient account, byte[] body)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                (await account.PutAsync("records", body)).Json();
                return;
            }
            catch (Xunit.Sdk.TrueException e)
                when (attempt < Tries
                    && e.Message.Contains(
                        "503: service unavailable: this server has no memory",
                        StringComparison.Ordinal
                    )
                )
            {
                // Its turn comes.
            }
        }
    }
}
