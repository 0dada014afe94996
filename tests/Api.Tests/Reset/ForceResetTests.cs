using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using static TimeTagger.Api.Tests.Server.ApiClient;

namespace TimeTagger.Api.Tests.Reset;

/// <summary>A forced reset tells clients to start over; what is stored stays as it was.</summary>
public sealed class ForceResetTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Rule("9.4")]
    [Theory]
    [InlineData("records?timerange=0-999")]
    [InlineData("settings")]
    public async Task ForceReset_WhatIsStored_IsAnsweredAsBefore(string path)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a")}, {Record("b", ds: "HIDDEN")}]");
        await account.StoreAsync("settings", """[{"key":"s","mt":1,"value":1}]""");
        var before = await account.GetAsync(path);

        await account.PutAsync("forcereset", "");

        Assert.Contains("\"st\":", before.Body, StringComparison.Ordinal);
        Assert.Equal(before.Body, (await account.GetAsync(path)).Body);
    }

    [Rule("9.1")]
    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("\u0000 not looked at")]
    public async Task ForceReset_OfAnyBody_IsDone(string body)
    {
        var account = await fixture.NewAccountAsync();
        using var content = new StringContent(body);
        content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

        var answer = await account.SendAsync(HttpMethod.Put, "forcereset", content);

        Assert.Equal("""{"status":"ok"}""", answer.Json().GetRawText());
        Assert.True((await account.PollAsync("0")).Reset);
    }

    [Rule("9.2")]
    [Fact]
    public async Task ForceReset_Twice_IsToldOnceToWhoeverPollsBetween()
    {
        var account = await fixture.NewAccountAsync();
        await account.PutAsync("forcereset", "");
        var first = await account.PollAsync("0");

        await account.PutAsync("forcereset", "");

        var second = await account.PollAsync(first.ServerTime);
        Assert.Equal((true, true), (first.Reset, second.Reset));
        Assert.False((await account.PollAsync(second.ServerTime)).Reset);
    }

    [Rule("9.3")]
    [Fact]
    public async Task Put_OfAnItemModifiedInTheSecondOfTheReset_FailsBecauseMtHasWholeSeconds()
    {
        var account = await fixture.NewAccountAsync();
        var before = Jwt.Now;
        await account.PutAsync("forcereset", "");

        var answer = (await account.PutAsync("records", $"[{Record("a", mt: before)}]")).Json();

        Assert.Equal(["a"], answer.GetProperty("failed").EnumerateArray().Select(key => key.GetString()));
    }
}
