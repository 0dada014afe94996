using System.Text;
using System.Text.Json;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What the worker gets to see of a call, and what the host does not let through.</summary>
public sealed class RequestTests(HttpHost host) : IClassFixture<HttpHost>
{
    private const string Head = "Host: x\r\nConnection: close\r\n";

    [Theory]
    [InlineData("/api/a%2Fb/c%20d?a=1&a=2&flag&x=%24", "/api/a%252Fb/c%20d?a=1&a=2&flag&x=%24")]
    [InlineData("/api/a/../b/./c", "/api/b/c")]
    [InlineData("/api/a/%2e%2e/b", "/api/b")]
    [InlineData("/api/%C3%A4?q=%2f%2F+%C3%A4&/?..&&=", "/api/%C3%A4?q=%2f%2F+%C3%A4&/?..&&=")]
    [InlineData("/api", "/api")]
    public async Task Address_ArrivesAsTheHostSendsIt(string sent, string seen)
    {
        var answer = await host.RawAsync($"GET {sent} HTTP/1.1\r\n{Head}\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        var json = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        Assert.Equal(seen, JsonSerializer.Deserialize<JsonElement>(json).GetProperty("url").GetString());
    }

    [Fact]
    public async Task Headers_SayWhoCalledAsTheHostSeesIt()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        request.Headers.Host = "app.example";
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "1.2.3.4");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example");
        request.Headers.TryAddWithoutValidation("x-ms-invocation-id", "spoof");
        request.Headers.TryAddWithoutValidation("x-ms-client-principal-name", "anybody");
        request.Headers.TryAddWithoutValidation("User-Agent", "test");

        var headers = (await host.EchoAsync(request)).GetProperty("headers");

        string Header(string name) => headers.GetProperty(name).GetString()!;
        Assert.Equal("127.0.0.1", Header("x-forwarded-for"));
        Assert.Equal("http", Header("x-forwarded-proto"));
        Assert.Equal("app.example", Header("x-forwarded-host"));
        Assert.Equal("anybody", Header("x-ms-client-principal-name"));
        Assert.Equal("test", Header("user-agent"));
        Assert.Contains(
            Header("x-ms-invocation-id"),
            host.Package.Noted("call").Select(call => call.GetProperty("id").GetString())
        );
    }

    [Fact]
    public async Task Headers_ThatAreRepeated_ArriveJoined()
    {
        var answer = await host.RawAsync($"GET /api/x HTTP/1.1\r\n{Head}X-Multi: 1\r\nX-Multi: 2\r\n\r\n");

        Assert.Contains("\"x-multi\":\"1, 2\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_IsToldByTheStreamToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/by/both");

        var seen = await host.EchoAsync(request);

        var id = seen.GetProperty("headers").GetProperty("x-ms-invocation-id").GetString();
        var call = Assert.Single(host.Package.Noted("call"), call => call.GetProperty("id").GetString() == id);
        Assert.Equal("Api", call.GetProperty("function").GetString());
        Assert.Equal("request", call.GetProperty("parameter").GetString());
        Assert.Equal("Http", call.GetProperty("form").GetString());
        Assert.Equal("by/both", call.GetProperty("route").GetProperty("path").GetString());
    }

    [Fact]
    public async Task Body_WithItsHeaders_ArrivesWhole()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/x") { Content = new StringContent("body") };
        request.Content.Headers.ContentEncoding.Add("gzip");

        var seen = await host.EchoAsync(request);

        Assert.Equal("body", seen.GetProperty("body").GetString());
        var headers = seen.GetProperty("headers");
        Assert.Equal("4", headers.GetProperty("content-length").GetString());
        Assert.Equal("gzip", headers.GetProperty("content-encoding").GetString());
        Assert.Equal("text/plain; charset=utf-8", headers.GetProperty("content-type").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_OfManyMegabytes_Arrives(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/x");
        request.Content = new ByteArrayContent(new byte[32 << 20]);
        request.Headers.TransferEncodingChunked = isChunked;

        var seen = await host.EchoAsync(request);

        Assert.Equal(32 << 20, seen.GetProperty("length").GetInt32());
        var headers = seen.GetProperty("headers");
        Assert.Equal(isChunked, headers.TryGetProperty("transfer-encoding", out _));
        Assert.Equal(!isChunked, headers.TryGetProperty("content-length", out _));
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nhalf ", "half ")]
    public async Task Body_OfKnownLength_IsThereBeforeTheFunctionIsCalled(string first, string last)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync("127.0.0.1", host.Host.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT /api/known-length HTTP/1.1\r\n{Head}{first}"));
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(Calls("known-length"), static _ => true);

        await stream.WriteAsync(Encoding.ASCII.GetBytes(last));

        using var reader = new StreamReader(stream);
        Assert.Contains("\"body\":\"half half \"", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Single(Calls("known-length"));
    }

    [Fact]
    public async Task Body_InChunks_IsOnItsWayWhenTheFunctionIsCalled()
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync("127.0.0.1", host.Host.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"PUT /api/chunked HTTP/1.1\r\n{Head}Transfer-Encoding: chunked\r\n\r\n5\r\nhalf \r\n"
            )
        );
        while (!Calls("chunked").Any())
        {
            await Task.Delay(20);
        }

        await stream.WriteAsync("5\r\nhalf \r\n0\r\n\r\n"u8.ToArray());

        using var reader = new StreamReader(stream);
        Assert.Contains("\"body\":\"half half \"", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 104857601")]
    [InlineData("Content-Length: 999999999999")]
    public async Task Body_Above100Megabytes_IsAnEmpty500(string length)
    {
        var answer = await host.RawAsync($"PUT /api/x HTTP/1.1\r\n{Head}{length}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 500 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_InChunksAbove100Megabytes_IsA500()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/x");
        request.Content = new ByteArrayContent(new byte[104_857_601]);
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using var answer = await host.Host.Http.SendAsync(request);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(8_000, 200)]
    [InlineData(8_300, 414)]
    public async Task Address_Above8Kilobytes_Is414(int length, int status)
    {
        var answer = await host.RawAsync($"GET /api/x?{new string('a', length)} HTTP/1.1\r\n{Head}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, 200)]
    [InlineData(33, 431)]
    public async Task Headers_Above32Kilobytes_Are431(int kilobytes, int status)
    {
        var headers = string.Concat(
            Enumerable.Range(0, kilobytes).Select(i => $"X-{i}: {new string('a', 1_024 - $"X-{i}: \r\n".Length)}\r\n")
        );

        var answer = await host.RawAsync($"GET /api/x HTTP/1.1\r\n{Head}{headers}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    private IEnumerable<JsonElement> Calls(string path) =>
        host.Package.Noted("call").Where(call => call.GetProperty("route").GetProperty("path").GetString() == path);
}
