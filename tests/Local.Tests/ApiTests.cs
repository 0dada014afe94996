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
    [InlineData(200, "/timetagger/api/status")]
    [InlineData(200, "/timetagger/status")]
    [InlineData(401, "/timetagger/api/v2/version")]
    [InlineData(401, "/timetagger/api/v2/records?timerange=1-2")]
    [InlineData(404, "/timetagger/api/nothing")]
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
    [InlineData("/timetagger/timetagger/api/v2/version")]
    [InlineData("/timetaggerx/api/v2/version")]
    [InlineData("/timetagger/apis")]
    public async Task Get_PathThatOnlyLooksLikeTheApi_IsThePagesAffair(string path)
    {
        using var answer = await site.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("<h1>Nothing here</h1>", await answer.Content.ReadAsStringAsync());
    }

    /// <summary>As clients are configured for whom the original server answered.</summary>
    [Fact]
    public async Task Calls_AtTheOriginalsAddresses_AreTheSame()
    {
        using var here = new ApiClient(site.Client.BaseAddress!.Authority);
        using var there = new ApiClient(site.Client.BaseAddress!.Authority, "/timetagger/api/v2/");
        await there.SignInHereAsync();
        await here.SignInHereAsync();

        await there.PutAsync("at the original's address");

        Assert.Contains("at the original's address", await here.KeysAsync());
        Assert.Contains("at the original's address", await there.KeysAsync());
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
