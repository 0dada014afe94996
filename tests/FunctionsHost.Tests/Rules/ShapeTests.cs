using System.Text;
using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What the handler gets to see of a call, in both shapes.</summary>
public sealed class ShapeTests(BothShapes hosts) : IClassFixture<BothShapes>
{
    [Theory]
    [InlineData("forwarding", "/api/a%2Fb/c%20d?a=1&a=2&flag&x=%24", "/api/a%2Fb/c%20d?a=1,2&flag=&x=$")]
    [InlineData("proxying", "/api/a%2Fb/c%20d?a=1&a=2&flag&x=%24", "/api/a%252Fb/c%20d?a=1&a=2&flag&x=%24")]
    [InlineData("forwarding", "/api/a/../b", "/api/b")]
    [InlineData("proxying", "/api", "/api")]
    public async Task Address_ArrivesAsTheHostSendsIt(string shape, string sent, string seen) =>
        Assert.Equal(
            seen,
            (await EchoAsync(shape, new HttpRequestMessage(HttpMethod.Patch, sent))).GetProperty("url").GetString()
        );

    [Theory]
    [InlineData("forwarding", "app.example", "1.2.3.4", "spoof, ")]
    [InlineData("proxying", "127.0.0.1:", "127.0.0.1", "")]
    public async Task Headers_SayWhoCalledAsTheHostSaysIt(string shape, string host, string peer, string spoofed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        request.Headers.Host = "app.example";
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "1.2.3.4");
        request.Headers.TryAddWithoutValidation("X-Azure-Functions-InvocationId", "spoof");
        request.Headers.TryAddWithoutValidation("X-Multi", ["1", "2"]);
        request.Headers.TryAddWithoutValidation("User-Agent", "test");

        var headers = (await EchoAsync(shape, request)).GetProperty("headers");

        string Header(string name) => headers.GetProperty(name).GetString()!;
        Assert.StartsWith(host, Header("host"), StringComparison.Ordinal);
        Assert.Equal(peer, Header("x-forwarded-for"));
        Assert.Equal("1, 2", Header("x-multi"));
        Assert.Equal("4.1037.0.0", Header("x-azure-functions-hostversion"));
        var invocation = Header("x-azure-functions-invocationid");
        Assert.StartsWith(spoofed, invocation, StringComparison.Ordinal);
        Assert.True(Guid.TryParse(invocation[spoofed.Length..], out _), invocation);
        var isProxying = shape == "proxying";
        Assert.Equal(isProxying ? "test" : "test Azure-Functions-Host/4.1037.0.0", Header("user-agent"));
        Assert.Equal(isProxying, headers.TryGetProperty("x-forwarded-host", out var called));
        Assert.Equal(isProxying ? "app.example" : null, isProxying ? called.GetString() : null);
        Assert.Equal(isProxying, headers.TryGetProperty("x-ms-invocation-id", out _));
    }

    [Theory]
    [InlineData("forwarding", null)]
    [InlineData("proxying", "gzip")]
    public async Task HeadersOfTheContent_AreLostByForwardingOnly(string shape, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/x") { Content = new StringContent("body") };
        request.Content.Headers.ContentEncoding.Add("gzip");

        var seen = await EchoAsync(shape, request);

        Assert.Equal("body", seen.GetProperty("body").GetString());
        Assert.Equal("text/plain; charset=utf-8", seen.GetProperty("headers").GetProperty("content-type").GetString());
        Assert.Equal(
            encoding,
            seen.GetProperty("headers").TryGetProperty("content-encoding", out var value) ? value.GetString() : null
        );
    }

    [Theory]
    [InlineData("forwarding", 500)]
    [InlineData("proxying", 200)]
    public async Task Body_InChunks_CannotBeForwarded(string shape, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/x") { Content = new StringContent("body") };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await hosts.Http(shape).SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task Body_Above100Megabytes_Is500(string shape)
    {
        using var content = new ByteArrayContent([]);
        content.Headers.ContentLength = 104_857_601;
        var head = $"PUT /api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 104857601\r\n\r\n";

        Assert.StartsWith("HTTP/1.1 500 ", await hosts.RawAsync(shape, head), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forwarding", false)]
    [InlineData("proxying", true)]
    public async Task Answer_IsStreamedByProxyingOnly(string shape, bool isStreamed)
    {
        using var answer = await hosts
            .Http(shape)
            .GetAsync("/api/x?parts&cookies", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(!isStreamed, answer.Content.Headers.ContentLength == 9);

        Assert.Equal("firstlast", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task Redirect_IsPassedOn(string shape)
    {
        using var answer = await hosts.Http(shape).GetAsync("/api/x?redirect");
        Assert.Equal((302, "/api/other"), ((int)answer.StatusCode, $"{answer.Headers.Location}"));
    }

    [Theory]
    [InlineData("forwarding", true)]
    [InlineData("proxying", false)]
    public async Task Client_ThatGoesAway_IsNoticedByProxyingOnly(string shape, bool finishes)
    {
        var url = $"/api/gone-{shape}?watch&wait=1500";
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hosts.Http(shape).GetAsync(url, patience.Token));

        JsonElement end;
        while (!TryFindEnd(hosts.Package(shape).Received(), shape, out end))
        {
            await Task.Delay(50);
        }

        Assert.Equal(finishes, end.GetProperty("finished").GetBoolean());
    }

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("POST", "/", 404)]
    [InlineData("GET", "/elsewhere", 404)]
    [InlineData("POST", "/Api", 200)] // routes forgive capitals
    [InlineData("GET", "/admin/host/ping", 200)]
    [InlineData("GET", "/admin/host/status", 401)]
    [InlineData("POST", "/admin/functions/Api", 401)]
    [InlineData("POST", "/runtime/webhooks/x", 401)]
    public async Task Path_OutsideOfTheFunctions_IsTheHosts(string method, string path, int status)
    {
        using var answer = await hosts
            .Http("forwarding")
            .SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static bool TryFindEnd(IReadOnlyList<JsonElement> calls, string shape, out JsonElement end)
    {
        end = calls.FirstOrDefault(call =>
            call.TryGetProperty("finished", out _)
            && call.GetProperty("url").GetString()!.Contains($"gone-{shape}", StringComparison.Ordinal)
        );
        return end.ValueKind == JsonValueKind.Object;
    }

    private async Task<JsonElement> EchoAsync(string shape, HttpRequestMessage request)
    {
        using var answer = await hosts.Http(shape).SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>One host for each shape.</summary>
public sealed class BothShapes : IAsyncLifetime
{
    private readonly Dictionary<string, (ScriptedPackage Package, HostProgram Host)> _hosts = new(
        StringComparer.Ordinal
    );

    internal HttpClient Http(string shape) => _hosts[shape].Host.Http;

    internal ScriptedPackage Package(string shape) => _hosts[shape].Package;

    internal async Task<string> RawAsync(string shape, string text)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync("127.0.0.1", _hosts[shape].Host.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async Task InitializeAsync()
    {
        foreach (var shape in new[] { "forwarding", "proxying" })
        {
            var package = new ScriptedPackage();
            var host = package.Start("--shape", shape);
            _hosts[shape] = (package, host);
            await host.LineAsync("The handler is ready.");
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var (package, host) in _hosts.Values)
        {
            await host.DisposeAsync();
            package.Dispose();
        }
    }
}
