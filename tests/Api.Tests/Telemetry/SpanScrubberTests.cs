using System.Diagnostics;
using TimeTagger.Api.Telemetry;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>What is left of a span.</summary>
public sealed class SpanScrubberTests
{
    [Theory]
    [InlineData(
        "https://a.table.core.windows.net/journal()?$filter=secret",
        "https://a.table.core.windows.net/journal",
        "GET journal"
    )]
    [InlineData(
        "http://127.0.0.1:1/devstoreaccount1/journal(PartitionKey='secret')",
        "http://127.0.0.1:1/journal",
        "GET journal"
    )]
    [InlineData(
        "https://a.blob.core.windows.net/snapshots/secret/1",
        "https://a.blob.core.windows.net/snapshots",
        "GET snapshots"
    )]
    [InlineData("https://user:secret@a.example/hooks/secret/webhooks?secret", "https://a.example/", "GET")]
    [InlineData(
        "http://169.254.169.254/metadata/identity/oauth2/token?resource=secret",
        "http://169.254.169.254/",
        "GET"
    )]
    public void Request_ToAnAddress_KeepsItsHostAndWhichStore(string address, string expected, string name)
    {
        using var span = Ended(ActivityKind.Client, ("http.request.method", "GET"), ("url.full", address));

        Assert.Equal(expected, span.GetTagItem("url.full"));
        Assert.Equal(name, span.DisplayName);
    }

    [Fact]
    public void Call_OfAnyone_KeepsItsRouteAndWhatCameOfIt()
    {
        using var span = Ended(
            ActivityKind.Server,
            ("http.route", "/api/v2/records"),
            ("http.response.status_code", 200),
            ("url.path", "/api/v2/secret"),
            ("url.query", "secret"),
            ("server.address", "secret"),
            ("user_agent.original", "secret"),
            ("anything.new", "secret")
        );

        Assert.Equal(
            ["http.response.status_code", "http.route", "url.path"],
            span.TagObjects.Select(tag => tag.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal("/api/v2/records", span.GetTagItem("url.path"));
    }

    [Fact]
    public void Failure_OfAFunction_KeepsNoMessage()
    {
        using var span = Ended(ActivityKind.Internal, ("faas.name", "Sweep"));

        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Null(span.TraceStateString);
        Assert.Equal("Sweep", span.GetTagItem("faas.name"));
    }

    private static Activity Ended(ActivityKind kind, params (string Name, object Value)[] tags)
    {
        using var source = new ActivitySource(nameof(SpanScrubberTests));
        using var listener = new ActivityListener
        {
            ShouldListenTo = each => each == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using var scrubber = new SpanScrubber();
        var span = source.CreateActivity("GET", kind)!;
        span.TraceStateString = "secret=1";
        foreach (var (name, value) in tags)
        {
            span.SetTag(name, value);
        }

        scrubber.OnStart(span);
        span.SetStatus(ActivityStatusCode.Error, "secret");
        scrubber.OnEnd(span);
        return span;
    }
}
