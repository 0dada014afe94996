using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Traces go through the host where it speaks OpenTelemetry.</summary>
public sealed partial class TraceTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{Trace}-b7ad6b7169203331-01";

    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Trace_OfTheCaller_GoesOnInASpanOfTheHost()
    {
        await using var host = _package.Start();

        await CallAsync(host, Parent, "vendor=1");

        var call = Assert.Single(_package.Noted("call"));
        var passed = call.GetProperty("traceParent").GetString()!;
        Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-01$", passed);
        Assert.NotEqual(Parent, passed);
        Assert.Equal("vendor=1", call.GetProperty("traceState").GetString());
        Assert.Equal(passed, Header("traceparent"));
        Assert.Equal("vendor=1", Header("tracestate"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task Trace_OfNobody_IsANewOne(string? parent)
    {
        await using var host = _package.Start();

        await CallAsync(host, parent, state: null);

        var passed = Assert.Single(_package.Noted("call")).GetProperty("traceParent").GetString()!;
        Assert.Matches(AnyTrace(), passed);
        Assert.Equal(passed, Header("traceparent"));
    }

    [Fact]
    public async Task Trace_WithoutOpenTelemetry_EndsAtTheHost()
    {
        _package.Host(host => ((JsonObject)host).Remove("telemetryMode"));
        await using var host = _package.Start();

        await CallAsync(host, Parent, state: null);

        Assert.Equal("", Assert.Single(_package.Noted("call")).GetProperty("traceParent").GetString());
    }

    private string? Header(string name) =>
        Assert.Single(_package.Noted("http")).GetProperty("headers").GetProperty(name).GetString();

    private static async Task CallAsync(HostProgram host, string? parent, string? state)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        if (parent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", parent);
        }

        if (state is not null)
        {
            request.Headers.TryAddWithoutValidation("tracestate", state);
        }

        using var answer = await host.Http.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [GeneratedRegex("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", RegexOptions.NonBacktracking)]
    private static partial Regex AnyTrace();
}
