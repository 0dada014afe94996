using System.Globalization;
using System.Net;

namespace TimeTagger.Benchmarks;

/// <summary>A kind of request that is measured.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Send">Sends one; is told a number that rises.</param>
/// <param name="Original">Requests per second of the Python original, on 1 and on 16 connections; for orientation.</param>
internal sealed record Scenario(string Name, Func<int, Task> Send, (double One, double Sixteen)? Original);

/// <summary>What is measured, over accounts that have been filled.</summary>
internal static class Scenarios
{
    private const int SmallAccountRecords = 500;

    internal static HttpClient NewHttp(Uri address, int connections) =>
        new(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = connections,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
        {
            BaseAddress = address,
        };

    /// <summary>Fills the account with five years of records.</summary>
    internal static async Task FillMainAsync(HttpClient http)
    {
        var main = await Client.SignInAsync(http, 0);
        for (var first = 0; first < Dataset.Records; first += 2000)
        {
            await main.PutAsync("records", Dataset.Body(first, 2000, 0));
        }
    }

    /// <summary>Fills the accounts: one with five years of records, the others with a few hundred.</summary>
    internal static async Task FillAsync(Uri address)
    {
        using var http = NewHttp(address, 4);
        await FillMainAsync(http);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Server.Accounts - 1),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (account, _) =>
            {
                var client = await Client.SignInAsync(http, account);
                await client.PutAsync("records", Dataset.Body(0, SmallAccountRecords, 0));
            }
        );
    }

    internal const string StatusPage = "bare status page";
    internal const string IdlePoll = "idle poll";
    internal const string PutOne = "PUT one";

    /// <summary>What the account with five years of records is asked, and what all of them together are.</summary>
    internal static async Task<IReadOnlyList<Scenario>> AllAsync(HttpClient http)
    {
        var mix = await Task.WhenAll(
            Enumerable.Range(1, Server.Accounts - 1).Select(account => MixedAsync(http, account))
        );
        return [.. await OfMainAsync(http), new("mix, 200 accounts", n => mix[n % mix.Length](n), null)];
    }

    /// <summary>What the account with five years of records is asked.</summary>
    internal static async Task<IReadOnlyList<Scenario>> OfMainAsync(HttpClient http)
    {
        var main = await Client.SignInAsync(http, 0);
        var before = await main.ServerTimeAsync();
        await main.PutAsync("records", Dataset.Body(0, 5, 1));
        var now = await main.ServerTimeAsync();

        const long week = Dataset.Start + (Dataset.Span / 2);
        var years = $"{Dataset.Start}-{Dataset.Start + Dataset.Span}";
        return
        [
            new(StatusPage, _ => http.GetByteArrayAsync(new Uri("api/status", UriKind.Relative)), (9100, double.NaN)),
            new(IdlePoll, _ => main.GetAsync($"updates?since={now}"), (845, 722)),
            new("poll, 5 changes", _ => main.GetAsync($"updates?since={before}"), null),
            new("full sync, 20,000", _ => main.GetAsync("updates?since=0"), (9.5, 4.7)),
            new("one week", _ => main.GetAsync($"records?timerange={week}-{week + 604_800}"), (195, 224)),
            new("five years, a tag", _ => main.GetAsync($"records?timerange={years}&tag=rare"), (30, 26)),
            new("running", _ => main.GetAsync($"records?timerange={years}&running=1"), null),
            new(PutOne, n => main.PutAsync("records", Dataset.Body(n % 1000, 1, n)), (459, 315)),
            new("PUT thousand", n => main.PutAsync("records", Dataset.Body(n % 10 * 1000, 1000, n)), (5.4, 7.4)),
        ];
    }

    // Eight idle polls, a look at a week, a change.
    private static async Task<Func<int, Task>> MixedAsync(HttpClient http, int account)
    {
        var client = await Client.SignInAsync(http, account);
        var since = double.Parse(await client.ServerTimeAsync(), CultureInfo.InvariantCulture) + 1e6;
        return n =>
            (n % 10) switch
            {
                8 => client.GetAsync($"records?timerange={Dataset.Start}-{Dataset.Start + 604_800}"),
                9 => client.PutAsync("records", Dataset.Body(n % SmallAccountRecords, 1, n)),
                _ => client.GetAsync($"updates?since={since}"),
            };
    }
}
