using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>HTTP calls that reach a function as a payload, because it has not just one output that is HTTP's.</summary>
public sealed class PayloadTests : IAsyncLifetime, IDisposable
{
    private const string Trigger =
        """{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","route":"told/{id}/{*rest}"}""";

    private readonly ScriptedPackage _package = new();
    private HostProgram _host = null!;

    public async Task InitializeAsync()
    {
        _package.Function("Told", $$"""{{Trigger}},{"type":"http","direction":"out","name":"res"}""");
        _package.Host(host =>
        {
            host["customHandler"]!.AsObject().Remove("enableForwardingHttpRequest");
            host["customHandler"]!.AsObject().Remove("enableProxyingHttpRequest");
        });
        Directory.Delete(Path.Combine(_package.Path, "Api"), recursive: true);
        _host = _package.Start();
        await _host.LineAsync("(Payloads): Told");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Call_IsDescribed()
    {
        using var content = new StringContent("""{"a":1}""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/told/5/x/y?a=1&a=2&b") { Content = content };
        request.Headers.Add("X-Multi", ["1", "2"]);

        using var answer = await _host.Http.SendAsync(request);

        var call = Assert.Single(_package.Received());
        Assert.Equal(("POST", "/Told"), (Text(call, "method"), Text(call, "url")));
        Assert.Equal("chunked", Text(call.GetProperty("headers"), "transfer-encoding"));
        var payload = JsonSerializer.Deserialize<JsonElement>(Text(call, "body"));
        var described = payload.GetProperty("Data").GetProperty("request");
        Assert.Equal($"http://127.0.0.1:{_host.Port}/api/told/5/x/y?a=1&a=2&b", Text(described, "Url"));
        Assert.Equal("PUT", Text(described, "Method"));
        Assert.Equal("1,2", Text(described.GetProperty("Query"), "a"));
        Assert.Equal("""["1, 2"]""", described.GetProperty("Headers").GetProperty("X-Multi").GetRawText());
        Assert.Equal("5", Text(described.GetProperty("Params"), "id"));
        Assert.Equal("x/y", Text(described.GetProperty("Params"), "rest"));
        Assert.Equal("[]", described.GetProperty("Identities").GetRawText());
        Assert.Equal("""{"a":1}""", Text(described, "Body"));
        Assert.Equal("Told", Text(payload.GetProperty("Metadata").GetProperty("sys"), "MethodName"));
    }

    [Theory]
    [InlineData(
        """{"Outputs":{"res":{"statusCode":201,"body":"text","headers":{"X-A":"b"}}}}""",
        201,
        "text",
        "text/plain"
    )]
    [InlineData("""{"Outputs":{"res":{"statusCode":"201","body":{"a":1}}}}""", 201, """{"a":1}""", "application/json")]
    [InlineData("""{"outputs":{"res":{"status":404}}}""", 404, "", null)]
    [InlineData(
        """{"Outputs":{"res":{"body":"<p>","headers":{"Content-Type":"text/html"}}}}""",
        200,
        "<p>",
        "text/html"
    )]
    [InlineData("""{"Outputs":{"res":"text"}}""", 500, "", null)]
    [InlineData("""{"Outputs":{"other":{"body":"text"}}}""", 204, "", null)]
    [InlineData("ok", 204, "", null)]
    [InlineData("500", 500, "", null)]
    [InlineData("text", 500, "", null)]
    public async Task Answer_IsWhatTheOutputDescribes(string says, int status, string body, string? type)
    {
        using var answer = await _host.Http.GetAsync($"/api/told/5?answer={Uri.EscapeDataString(says)}");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            body.Length > 0 ? type : null,
            body.Length > 0 ? answer.Content.Headers.ContentType?.MediaType : null
        );
        Assert.Equal(says.Contains("X-A", StringComparison.Ordinal), answer.Headers.Contains("X-A"));
    }

    [Fact]
    public async Task Function_OfAPackageThatForwards_IsToldWhereItHasNoOutput()
    {
        using var package = new ScriptedPackage();
        package.Function("Aaa", Trigger);
        await using var host = package.Start("--shape", "forwarding");

        using var told = await host.Http.GetAsync("/api/told/5");
        using var passedOn = await host.Http.GetAsync("/api/x");

        Assert.Equal((204, 200), ((int)told.StatusCode, (int)passedOn.StatusCode));
        Assert.Equal(["/Aaa", "/api/x"], package.Received().Select(call => Text(call, "url")));
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
