using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace TimeTagger.Local.Tests;

public sealed class ApiProxyTests(FrontFixture front) : IClassFixture<FrontFixture>
{
    [Theory]
    [InlineData("/api/v2/updates?since=0&x=%2F&x=b+c", "/api/v2/updates?since=0&x=%2F&x=b+c")]
    [InlineData("/api", "/api")]
    [InlineData("/status", "/api/status")]
    [InlineData("/status?verbose", "/api/status?verbose")]
    public async Task Request_OfTheApi_ReachesTheHandler(string path, string expected)
    {
        var seen = await front.EchoAsync(new HttpRequestMessage(HttpMethod.Delete, path));
        Assert.Equal("DELETE", seen.GetProperty("method").GetString());
        Assert.Equal(expected, seen.GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("/api/v2//version%2F?x=%2F+%zz", "/api/v2//version%2F?x=%2F+%zz")]
    [InlineData("/api/v2/%2e%2e/x/../y", "/api/v2/%2e%2e/x/../y")]
    [InlineData("/x/../api/v2/version", "/api/v2/version")]
    public async Task Request_OfAnOddPath_ReachesTheHandlerAsItWasSent(string target, string expected)
    {
        var answer = await front.RawAsync(target);
        Assert.Contains($"\"url\":\"{expected}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/apis")]
    [InlineData("/status/x")]
    public async Task Request_ThatOnlyLooksLikeTheApi_IsThePagesAffair(string path)
    {
        using var answer = await front.Client.GetAsync(path);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Request_WithForgedOrigin_IsSeenAsComingFromTheSocket()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        request.Headers.Host = "evil.example:81";
        foreach (
            var (name, value) in new[]
            {
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "localhost"),
                ("X-Forwarded-Port", "443"),
                ("X-Forwarded-Prefix", "/forged"),
                ("Forwarded", "for=203.0.113.7"),
                ("X-MS-CLIENT-PRINCIPAL", "forged"),
                ("x-ms-client-principal-id", "forged"),
                ("X-Azure-Functions-InvocationId", "forged"),
            }
        )
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var seen = await front.EchoAsync(request);
        var headers = seen.GetProperty("headers");

        // Whoever says that a proxy stands before us is not taken for somebody on this machine.
        Assert.Equal("unknown, 127.0.0.1", headers.GetProperty("x-forwarded-for").GetString());
        Assert.Equal("http", headers.GetProperty("x-forwarded-proto").GetString());
        Assert.Equal("evil.example:81", headers.GetProperty("x-forwarded-host").GetString());
        Assert.StartsWith("127.0.0.1:", headers.GetProperty("host").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("forged", headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113.7", headers.ToString(), StringComparison.Ordinal);
        Assert.False(headers.TryGetProperty("x-forwarded-port", out _));
    }

    [Fact]
    public async Task Request_WithTokens_KeepsThem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        request.Headers.TryAddWithoutValidation("authtoken", "a.b.c");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer d.e.f");
        var headers = (await front.EchoAsync(request)).GetProperty("headers");

        Assert.Equal("a.b.c", headers.GetProperty("authtoken").GetString());
        Assert.Equal("Bearer d.e.f", headers.GetProperty("authorization").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_WithBodyOf40Megabytes_ArrivesWhole(bool chunked)
    {
        var body = RandomNumberGenerator.GetBytes(40 * 1024 * 1024);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v2/records")
        {
            Content = new ByteArrayContent(body),
        };
        request.Headers.TransferEncodingChunked = chunked;
        var seen = await front.EchoAsync(request);

        Assert.Equal(body.Length, seen.GetProperty("length").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), seen.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Handler_Started_HasTheEnvironmentOfTheContract()
    {
        JsonElement environment = (await front.EchoAsync(new HttpRequestMessage(HttpMethod.Get, "/api"))).GetProperty(
            "environment"
        );
        Assert.Equal("true", environment.GetProperty("TIMETAGGER_STOP_WITH_STDIN").GetString());
        Assert.Equal(front.Client.BaseAddress!.Authority, environment.GetProperty("TIMETAGGER_BIND").GetString());
        Assert.True(Directory.Exists(environment.GetProperty("TIMETAGGER_DATADIR").GetString()));
        Assert.False(environment.TryGetProperty("TIMETAGGER_CREDENTIALS", out _));
    }
}
