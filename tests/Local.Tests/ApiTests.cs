using System.Net;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>What is the API's and what is the site's, on one address.</summary>
public sealed class ApiTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    [Theory]
    [InlineData(200, "/api/status")]
    [InlineData(200, "/status")]
    [InlineData(200, "/status?verbose")]
    [InlineData(401, "/api/v2/version")]
    [InlineData(404, "/api")]
    [InlineData(404, "/api/nothing")]
    [InlineData(404, "/x/../api/v2/version")]
    [InlineData(401, "/api/v2/%2e%2e/login")]
    public async Task Get_PathOfTheApi_IsAnsweredByIt(int status, string target)
    {
        var answer = await site.RawAsync(target);

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Everywhere", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/apis")]
    [InlineData("/status/x")]
    [InlineData("/x/api/v2/version")]
    public async Task Get_PathThatOnlyLooksLikeTheApi_IsThePagesAffair(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("<h1>Nothing here</h1>", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/api/status")]
    public async Task Get_Anything_DoesNotSayWhatServesIt(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Put_TooLarge_IsToldTheLimit()
    {
        using var client = new ApiClient(site.Client.BaseAddress!.Authority);
        await client.SignInHereAsync();

        var (status, text) = await client.PutAsync(new ByteArrayContent(new byte[12_000_000]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("10485760 bytes", text, StringComparison.Ordinal);
    }
}
