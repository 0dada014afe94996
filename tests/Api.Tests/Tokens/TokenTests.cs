using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Tokens;

/// <summary>What tokens hold, how long they last, and how they are renewed and revoked.</summary>
public sealed class TokenTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int FourteenDays = 1_209_600;

    [Rule("4.4")]
    [Fact]
    public async Task Tokens_OfBothKinds_HoldExactlyUserExpiryAndSeed()
    {
        var account = await fixture.NewAccountAsync();

        foreach (var token in new[] { account.Token, await account.GetTokenAsync("apitoken") })
        {
            var names = Jwt.Claims(token).EnumerateObject().Select(claim => claim.Name);
            Assert.Equal(["username", "expires", "seed"], names);
            Assert.Equal(account.User, Jwt.Claims(token).GetProperty("username").GetString());
            Assert.True(Jwt.Claims(token).GetProperty("expires").TryGetInt64(out _));
            Assert.Contains("\"alg\":\"HS256\"", Jwt.Header(token), StringComparison.Ordinal);
            Assert.Contains("\"typ\":\"JWT\"", Jwt.Header(token), StringComparison.Ordinal);
            Assert.DoesNotContain('-', token.Split('.')[1]);
        }
    }

    [Rule("4.5")]
    [Fact]
    public async Task WebToken_Made_LastsFourteenDays()
    {
        var before = Jwt.Now;
        var account = await fixture.NewAccountAsync();
        var renewed = await account.GetTokenAsync("webtoken");
        var after = Jwt.Now;

        Assert.InRange(Expires(account.Token), before + FourteenDays, after + FourteenDays);
        Assert.InRange(Expires(renewed), before + FourteenDays, after + FourteenDays);
    }

    [Rule("4.8")]
    [Fact]
    public async Task WebToken_Renewed_HasTheSameSeedAndTheOldOneStaysValid()
    {
        var account = await fixture.NewAccountAsync();

        var renewed = await account.GetTokenAsync("webtoken");

        Assert.Equal(Jwt.Seed(account.Token), Jwt.Seed(renewed));
        Assert.Equal(200, (await account.GetAsync("version")).Status);
        Assert.Equal(200, (await account.With(renewed).GetAsync("version")).Status);
    }

    [Rule("4.8")]
    [Fact]
    public async Task WebToken_RenewedTwiceInASecond_IsTheSameText()
    {
        var account = await fixture.NewAccountAsync();
        var (one, other) = ("", "");
        for (var tries = 0; tries == 0 || Expires(one) != Expires(other); tries++)
        {
            Assert.True(tries < 100, "Never twice in a second.");
            (one, other) = (await account.GetTokenAsync("webtoken"), await account.GetTokenAsync("webtoken"));
        }

        Assert.Equal(one, other);
    }

    [Rule("4.5", "4.9", "4.13")]
    [Fact]
    public async Task ApiToken_AskedTwice_IsTheSameTextAndDoesEverythingButTokens()
    {
        var account = await fixture.NewAccountAsync();
        var program = account.With(await account.GetTokenAsync("apitoken"));

        Assert.Equal(Jwt.Never, Expires(program.Token));
        Assert.Equal(program.Token, await account.GetTokenAsync("apitoken"));
        await program.StoreAsync("records", $"[{ApiClient.Record("a")}]");
        Assert.Equal(["a"], (await program.PollAsync("0")).RecordKeys);
        Assert.Equal(200, (await program.PutAsync("forcereset", "")).Status);
    }

    [Rule("4.12")]
    [Theory]
    [InlineData("")]
    [InlineData("?reset")]
    [InlineData("?reset=")]
    [InlineData("?reset=false")]
    [InlineData("?reset=FALSE")]
    [InlineData("?reset=off")]
    [InlineData("?reset=No")]
    [InlineData("?reset=n")]
    [InlineData("?reset=0")]
    [InlineData("?reset=1&reset=0")]
    [InlineData("?reset=0&reset=")]
    [InlineData("?RESET2=1")]
    public async Task Token_ResetThatMeansNo_KeepsItsSeed(string query)
    {
        var account = await fixture.NewAccountAsync();
        var program = await account.GetTokenAsync("apitoken");

        Assert.Equal(Jwt.Seed(account.Token), Jwt.Seed(await account.GetTokenAsync($"webtoken{query}")));
        Assert.Equal(program, await account.GetTokenAsync($"apitoken{query}"));
    }

    [Rule("2.5", "4.11", "4.12")]
    [Theory]
    [InlineData("?reset=1")]
    [InlineData("?reset=true")]
    [InlineData("?reset=anything")]
    [InlineData("?reset=%20")]
    [InlineData("?reset=+")]
    [InlineData("?reset=+0")]
    [InlineData("?reset=false+")]
    [InlineData("?reset=0&reset=yes")]
    [InlineData("?reset=1&reset=")]
    public async Task WebToken_ResetThatMeansYes_RevokesWebTokensOnly(string query)
    {
        var account = await fixture.NewAccountAsync();
        var program = account.With(await account.GetTokenAsync("apitoken"));

        var renewed = account.With(await account.GetTokenAsync($"webtoken{query}"));

        (await account.GetAsync("version")).AssertRefused(
            401,
            "unauthorized: The webtoken is revoked (seed does not match)"
        );
        Assert.Equal(200, (await renewed.GetAsync("version")).Status);
        Assert.Equal(200, (await program.GetAsync("version")).Status);
    }

    [Rule("4.7", "4.11")]
    [Theory]
    [InlineData("?reset=1")]
    [InlineData("?reset=%20")]
    public async Task ApiToken_ResetThatMeansYes_RevokesApiTokensOnly(string query)
    {
        var account = await fixture.NewAccountAsync();
        var program = account.With(await account.GetTokenAsync("apitoken"));

        var renewed = account.With(await account.GetTokenAsync($"apitoken{query}"));

        (await program.GetAsync("version")).AssertRefused(
            401,
            "unauthorized: The apitoken is revoked (seed does not match)"
        );
        Assert.Equal(200, (await renewed.GetAsync("version")).Status);
        Assert.Equal(200, (await account.GetAsync("version")).Status);
        Assert.Equal(renewed.Token, await account.GetTokenAsync("apitoken"));
    }

    [Rule("4.11")]
    [Fact]
    public async Task Token_ResetByMany_LeavesExactlyOneSeedInForce()
    {
        var account = await fixture.NewAccountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => account.GetAsync("webtoken?reset=1")));

        var done = Assert.Single(answers, answer => answer.Status == 200);
        var token = done.Json().GetProperty("token").GetString();
        Assert.Equal(200, (await account.With(token).GetAsync("version")).Status);
        Assert.All(
            answers.Where(answer => answer != done),
            answer => answer.AssertRefused(401, "unauthorized: The webtoken is revoked (seed does not match)")
        );
    }

    private static long Expires(string token) => Jwt.Claims(token).GetProperty("expires").GetInt64();
}
