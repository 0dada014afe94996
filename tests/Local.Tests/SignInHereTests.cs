using System.Net;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>Signing in on this computer, through the address that is printed.</summary>
public sealed class SignInHereTests(SiteFixture site) : IClassFixture<SiteFixture>, IDisposable
{
    private const string Proof = """{"method":"localhost"}""";

    private readonly ApiClient _client = new(site.Client.BaseAddress!.Authority);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("localhost", "X-Unrelated", "203.0.113.7")]
    [InlineData("127.0.0.1", "X-Unrelated", "203.0.113.7")]
    [InlineData("[::1]", "X-Unrelated", "203.0.113.7")]
    public async Task SignIn_FromThisMachine_GivesAToken(string host, string header, string value)
    {
        var (status, text) = await _client.SignInAsync(Proof, ("Host", host), (header, value));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"token\"", text, StringComparison.Ordinal);
    }

    // Each of them says that somebody stands between, whoever that says it is for.
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-for", "")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Port", "80")]
    [InlineData("X-Forwarded-Server", "localhost")]
    [InlineData("X-Forwarded-Prefix", "/")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task SignIn_WithAProxysHeader_IsRefused(string header, string value) =>
        await RefusedAsync(("Host", "localhost"), (header, value));

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task SignIn_OfAForeignPage_IsRefused(string header, string value) =>
        await RefusedAsync((header, value));

    [Fact]
    public async Task SignIn_WithAnotherHostInTheTarget_IsRefused() =>
        await RefusedAsync(("Host", "evil.example"), ("X-MS-Client-Principal-Name", "defaultuser"));

    private async Task RefusedAsync(params (string, string)[] headers)
    {
        var (status, text) = await _client.SignInAsync(Proof, headers);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("must be on localhost", text, StringComparison.Ordinal);
    }
}
