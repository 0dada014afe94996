using TimeTagger.Api.Tests.Server;
using TimeTagger.Emulators;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>A call is one span, in the trace that the client began, with its requests to the storage below.</summary>
public sealed class TraceTests
{
    private const string Put = "0af7651916cd43dd8448eb211c80319c";
    private const string Get = "1af7651916cd43dd8448eb211c80319c";
    private const string Unknown = "2af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Call_OfAClientThatTraces_IsOneSpanWithItsRequestsToTheStorageBelow()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var collector = await Collector.StartAsync();

        await WatchedServer.RunAsync(
            Exporting.By("http/protobuf", collector),
            azurite.ConnectionString,
            async server =>
            {
                var account = await WatchedServer.SignedInAsync(server);
                using var body = new StringContent($"[{ApiClient.Record("a")}]");
                await account.SendAsync(HttpMethod.Put, "records", body, WatchedServer.Traced(Put));
                await account.SendAsync(HttpMethod.Get, "records?timerange=0-9", null, WatchedServer.Traced(Get));
                await account.SendAsync(HttpMethod.Get, "nothing/like/it", null, WatchedServer.Traced(Unknown));
            }
        );

        AssertCall(collector, Put, "PUT /api/v2/records", "200", "function Records");
        AssertCall(collector, Get, "GET /api/v2/records", "200", "function Records");
        AssertCall(collector, Unknown, "GET /api/v2/{**path}", "404", "function Wildcard");
        Assert.Contains(collector.Spans, span => span is { TraceId: Put, Name: "POST journal" });
        Assert.Contains(collector.Spans, span => span is { TraceId: Get, Name: "GET journal" });
    }

    [Fact]
    public async Task TraceOfTheClient_AtTheStorage_IsTheSame()
    {
        await using var storage = await RefusingStorage.StartAsync();
        await using var collector = await Collector.StartAsync();

        await WatchedServer.RunAsync(
            Exporting.By("http/protobuf", collector),
            storage.ConnectionString,
            server => WatchedServer.SignInAsync(server, WatchedServer.Traced(Put))
        );

        var parent = Assert.Single(
            storage.TraceParents,
            parent => parent.StartsWith($"00-{Put}-", StringComparison.Ordinal)
        );
        Assert.EndsWith("-01", parent, StringComparison.Ordinal);
        Assert.Contains(collector.Spans, span => span is { TraceId: Put, Kind: ExportedSpan.Client });
    }

    [Fact]
    public async Task Sampler_ThatTakesNothing_LetsLogsAndMetricsThrough()
    {
        await using var storage = await RefusingStorage.StartAsync();
        await using var collector = await Collector.StartAsync();

        await WatchedServer.RunAsync(
            [.. Exporting.By("http/protobuf", collector), ("OTEL_TRACES_SAMPLER", "always_off")],
            storage.ConnectionString,
            server => WatchedServer.SignInAsync(server, WatchedServer.Traced(Put))
        );

        Assert.Empty(collector.Spans);
        Assert.Equal(["/v1/logs", "/v1/metrics"], collector.Paths.Order(StringComparer.Ordinal));
    }

    private static void AssertCall(Collector collector, string trace, string name, string status, string function)
    {
        var spans = collector.Spans.Where(span => span.TraceId == trace).ToList();
        var own = Assert.Single(spans, span => span.Kind != ExportedSpan.Client);
        Assert.Equal("b7ad6b7169203331" == own.ParentId, !HostUnderTest.IsFunctions); // the host has a span in between
        if (HostUnderTest.IsFunctions)
        {
            Assert.Equal((function, ExportedSpan.Internal), (own.Name, own.Kind));
            return;
        }

        Assert.Equal((name, ExportedSpan.Server), (own.Name, own.Kind));
        Assert.Equal(status, own.Tags["http.response.status_code"]);
    }
}
