using System.Net;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>A reverse proxy that signs people in: its header arrives, and its address is the socket's.</summary>
public sealed class ProxySignInTests
{
    private const string Proof = """{"method":"proxy"}""";

    [Theory]
    [InlineData("127.0.0.1", "X-Remote-User", HttpStatusCode.OK, "\"token\"")]
    [InlineData("127.0.0.1", "X-Forwarded-User", HttpStatusCode.OK, "\"token\"")]
    [InlineData("203.0.113.7", "X-Remote-User", HttpStatusCode.Forbidden, "the proxy is not trusted")]
    [InlineData("203.0.113.0/24", "X-Forwarded-User", HttpStatusCode.Forbidden, "the proxy is not trusted")]
    public async Task SignIn_WithTheProxysHeader_GoesByThePeerOfTheSocket(
        string trusted,
        string header,
        HttpStatusCode expected,
        string text
    )
    {
        await using var started = new Started();
        using var client = await started.RunAsync(
            "--proxy_auth_enabled=true",
            $"--proxy_auth_trusted={trusted}",
            $"--proxy_auth_header={header}"
        );

        var answer = await client.SignInAsync(
            Proof,
            (header, "Zoë 🙂"),
            ("X-Forwarded-For", "203.0.113.7"),
            ("X-Real-IP", "203.0.113.7"),
            ("Forwarded", "for=203.0.113.7")
        );

        Assert.Equal(expected, answer.Status);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignInHere_WhereAProxySignsIn_IsOff()
    {
        await using var started = new Started();
        using var client = await started.RunAsync("--proxy_auth_enabled=true");

        var (status, text) = await client.SignInAsync("""{"method":"localhost"}""");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("disabled when proxy auth is available", text, StringComparison.Ordinal);
    }
}
