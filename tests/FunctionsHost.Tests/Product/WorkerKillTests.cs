using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.Tests;
using TimeTagger.TestSupport;
using Xunit.Abstractions;
using static TimeTagger.FunctionsHost.Tests.Product.Calls;

namespace TimeTagger.FunctionsHost.Tests.Product;

/// <summary>
/// SIGKILL of the worker alone, in the middle of PUTs, while its host lives on and starts it again: what was acknowledged is
/// there, and nothing is there by halves. Four kills, and 200 in a full run.
/// </summary>
public sealed class WorkerKillTests(PackageOfTheProduct product, ITestOutputHelper output)
    : IClassFixture<PackageOfTheProduct>
{
    private const int Writers = 4;
    private const int ItemsInAPut = 7;
    private const int MostPutsBeforeAKill = 30;
    private const int LossesThatStopTheHost = 3;

    [Fact]
    public async Task Kill_OfTheWorkerDuringConcurrentPuts_LosesNothingAcknowledgedAndHalvesNothing()
    {
        var kills = ProofScale.Times(4);
        var random = new Random(20261129);
        var acknowledged = new ConcurrentBag<string>();
        var token = await SignInAsync(product.Host.Http, "ann");
        var host = product.Start();
        try
        {
            for (var round = 1; round <= kills; round++)
            {
                using var enough = new CountdownEvent(random.Next(1, MostPutsBeforeAKill));
                using var killed = new CancellationTokenSource();
                var current = host;
                var work = Enumerable
                    .Range(0, Writers)
                    .Select(writer =>
                        Task.Run(() =>
                            WriteAsync(current.Http, token, $"{round}-{writer}", acknowledged, enough, killed.Token)
                        )
                    )
                    .ToList();
                await Task.Run(() => enough.Wait(HostProgram.Patience));
                await ProcessTable.SignalAsync(Assert.Single(ProcessTable.Descendants(host.Id)), "KILL");
                await killed.CancelAsync();
                await Task.WhenAll(work);
                if (round % LossesThatStopTheHost == 0)
                {
                    Assert.Equal(1, await host.ExitAsync());
                    await host.DisposeAsync();
                    host = product.Start();
                }

                await AssertWholeAsync(host.Http, token, acknowledged);
            }

            output.WriteLine($"killed {kills} times, {acknowledged.Count} acknowledged");
            Assert.True(acknowledged.Count >= kills);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task WriteAsync(
        HttpClient http,
        string token,
        string writer,
        ConcurrentBag<string> acknowledged,
        CountdownEvent enough,
        CancellationToken killed
    )
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
        {
            var name = $"{writer}-{i}";
            try
            {
                using var answer = await SendAsync(http, HttpMethod.Put, "/api/v2/records", token, Batch(name));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    acknowledged.Add(name);
                    _ = enough.IsSet || enough.Signal();
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
            {
                // The worker, or with it the host, died under the call; or another writer was the last to count.
            }
        }
    }

    private static async Task AssertWholeAsync(HttpClient http, string token, IEnumerable<string> acknowledged)
    {
        var all = await CallAsync(http, HttpMethod.Get, "updates?since=0", token);
        var batches = Keys(all).Where(key => key.Contains('/')).GroupBy(key => key.Split('/')[0]).ToList();
        Assert.All(batches, batch => Assert.Equal(ItemsInAPut, batch.Count()));
        Assert.Empty(acknowledged.Except(batches.Select(batch => batch.Key), StringComparer.Ordinal));
    }

    private static string Batch(string name) =>
        JsonSerializer.Serialize(
            Enumerable
                .Range(0, ItemsInAPut)
                .Select(i => new
                {
                    key = $"{name}/{i}",
                    mt = 1,
                    t1 = 1,
                    t2 = 2,
                })
        );
}
