using System.Net;
using Azure.Storage.Queues;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Emulators;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>Nothing that belongs to a person is sent to whoever watches the server, whatever the person does.</summary>
public sealed class LeakTests
{
    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    [InlineData(Exporting.AzureMonitor)]
    public async Task AllThatAPersonDoes_WithAnExporter_IsSentWithoutWhatIsTheirs(string way)
    {
        await using var azurite = await Azurite.StartAsync();
        await using var collector = await Collector.StartAsync(isGrpc: way == "grpc");
        var secrets = new List<string>();

        await WatchedServer.RunAsync(
            Exporting.By(way, collector),
            azurite.ConnectionString,
            async server =>
            {
                var account = await WatchedServer.SignedInAsync(server);
                var program = account.With(await account.GetTokenAsync("apitoken"));
                secrets.AddRange([account.Token, program.Token, Jwt.Seed(account.Token), Jwt.Seed(program.Token)]);
                await UseAsync(account, program);
                await ForgeAsync(server, account);
            }
        );

        AssertNoneSent(collector, secrets);
        AssertSent(collector, "/journal", "/commits", "http.client.request.duration", "dotnet.gc.collections");
        AssertSent(collector, "PUT /api/v2/records 200", "GET /api/v2/{**path} 404"); // of the log
        AssertSent(collector, HostUnderTest.IsFunctions ? "function Records" : "http.server.request.duration");
    }

    [Fact]
    public async Task Maintenance_OfAnAccount_IsToldWithoutTheAccount()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var collector = await Collector.StartAsync();

        await WatchedServer.RunAsync(
            [.. Exporting.By("http/protobuf", collector), ("AzureWebJobsStorage", azurite.ConnectionString)],
            azurite.ConnectionString,
            async server =>
            {
                var account = await WatchedServer.SignedInAsync(server);
                await account.StoreAsync("records", TooLargeForARow); // so a snapshot is due
                await SendAsync(azurite, "maintenance", AccountKey.Local(WatchedServer.User).Value);
                await collector.SpanAsync(span =>
                    span is { Name: "function Maintenance", Kind: ExportedSpan.Internal }
                );
            }
        );

        AssertNoneSent(collector, []);
        var run = collector.Spans.First(span => span.Name == "function Maintenance");
        Assert.Contains(collector.Spans, span => span.TraceId == run.TraceId && span.Name == "PUT snapshots");
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData(Exporting.AzureMonitor)]
    public async Task Storage_ThatQuotesWhatItRefuses_IsNotQuoted(string way)
    {
        await using var storage = await RefusingStorage.StartAsync();
        await using var collector = await Collector.StartAsync();

        await WatchedServer.RunAsync(
            Exporting.By(way, collector),
            storage.ConnectionString,
            async server =>
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await WatchedServer.SignInAsync(server)).Status)
        );

        AssertNoneSent(collector, []);
        AssertSent(
            collector,
            "The storage is not available",
            "TimeTagger.Storage.Port.StorageUnavailableException",
            "403 AuthenticationFailed",
            "azure.storage.error_code",
            RefusingStorage.RequestId
        );
    }

    [Fact]
    public async Task Storage_ThatIsNotThere_IsTold()
    {
        await using var collector = await Collector.StartAsync();
        var nobody = RefusingStorage.ConnectionTo($"http://127.0.0.1:{ServerProcess.FreePort()}");

        await WatchedServer.RunAsync(
            Exporting.By("http/protobuf", collector),
            nobody,
            async server =>
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await WatchedServer.SignInAsync(server)).Status)
        );

        AssertNoneSent(collector, []);
        AssertSent(collector, "no connection: Connection refused", "connection_error");
    }

    private static string TooLargeForARow => ApiClient.Incompressible(seed: 1, count: 8000, bytes: 150);

    private static async Task SendAsync(Azurite azurite, string queue, string message)
    {
        var client = new QueueClient(azurite.ConnectionString, queue);
        await client.CreateIfNotExistsAsync();
        await client.SendMessageAsync(message);
    }

    private static async Task UseAsync(ApiClient account, ApiClient program)
    {
        await account.StoreAsync("records", $"[{ApiClient.Record("secret-key", ds: "secret-words #secret-tag")}]");
        await account.StoreAsync("records", TooLargeForARow);
        await account.StoreAsync("settings", """[{"key":"secret-name","mt":1,"value":"secret-value"}]""");
        await program.GetAsync("records?timerange=0-9&tag=secret-tag");
        await account.PollAsync(0);
    }

    private static async Task ForgeAsync(ServerProcess server, ApiClient account)
    {
        await account.GetAsync("updates?since=secret-since");
        await account.GetAsync($"secret-path/{AccountKey.Local(WatchedServer.User).Value}?secret-query=secret-value");
        await account.PutAsync("records", "[\"secret-body\"");
        await account.With("secret-token").GetAsync("version");
        await account.SignInAsync(Credentials.PasswordBody(WatchedServer.User, "secret-password"));
        var raw = new RawHttp(server.Port);
        await raw.SendTextAsync(
            "GET /api/v2/updates?since=0 HTTP/1.1\r\nHost: secret-host\r\nConnection: close\r\n"
                + "User-Agent: secret-agent\r\nReferer: https://secret-referrer/\r\nX-Forwarded-For: secret-address\r\n"
                + $"Cookie: secret-cookie=1\r\nauthtoken: {account.Token}\r\n"
                + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                + "tracestate: secret-state=secret-value\r\nbaggage: secret-baggage=secret-value\r\n\r\n"
        );
    }

    private static void AssertNoneSent(Collector collector, IEnumerable<string> more)
    {
        string[] secrets = [WatchedServer.Mark, WatchedServer.User, WatchedServer.Password, .. more];
        Secrets.AssertNoneIn(collector.Everything, secrets);
    }

    private static void AssertSent(Collector collector, params IEnumerable<string> texts) =>
        Assert.All(texts, text => Assert.Contains(text, collector.Everything, StringComparison.Ordinal));
}
