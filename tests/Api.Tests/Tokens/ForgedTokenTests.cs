using System.Globalization;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Tokens;

/// <summary>Tokens that the server did not make, or that no longer count, and the ways in which they are sent.</summary>
public sealed class ForgedTokenTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Missing = "unauthorized: Missing jwt 'authtoken' in header.";
    private const string Revoked = "unauthorized: The webtoken is revoked (seed does not match)";
    private const string Expired = "unauthorized: The webtoken has expired (after 14 days)";
    private const string Hs256 = """{"alg":"HS256","kid":"k0001","typ":"JWT"}""";

    [Fact]
    public async Task Token_SignedWithOurKey_IsWhatTheOtherTestsForge()
    {
        var account = await fixture.NewAccountAsync();
        var claims = Jwt.ClaimsJson(account.User, Jwt.Now + 60, Jwt.Seed(account.Token));

        var answer = await account.With(await SignAsync(claims)).GetAsync("version");

        Assert.Equal(200, answer.Status);
    }

    [Rule("2.5", "4.7")]
    [Fact]
    public async Task Token_Expired_SaysSoAndNothingOfRevoked()
    {
        var account = await fixture.NewAccountAsync();
        var claims = Jwt.ClaimsJson(account.User, Jwt.Now - 10, Jwt.Seed(account.Token));

        (await account.With(await SignAsync(claims)).GetAsync("version")).AssertRefused(401, Expired);
    }

    [Rule("4.7")]
    [Fact]
    public async Task Token_RevokedAndExpired_IsRevoked()
    {
        var account = await fixture.NewAccountAsync();
        var claims = Jwt.ClaimsJson(account.User, Jwt.Now - 10, Jwt.Seed(account.Token));
        await account.GetTokenAsync("webtoken?reset=1");

        (await account.With(await SignAsync(claims)).GetAsync("version")).AssertRefused(401, Revoked);
    }

    [Rule("4.6")]
    [Fact]
    public async Task Token_MadeByAnInstanceWhoseClockIsAhead_IsStillAWebToken()
    {
        var account = await fixture.NewAccountAsync();
        var claims = Jwt.ClaimsJson(account.User, Jwt.Now + 1_209_600 + 60, Jwt.Seed(account.Token));

        var answer = await account.With(await SignAsync(claims)).GetAsync("webtoken");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Token_OfAnAccountThatIsNot_IsRevoked()
    {
        var account = await fixture.NewAccountAsync();
        var claims = Jwt.ClaimsJson("not-there", Jwt.Now + 60, Jwt.Seed(account.Token));

        (await account.With(await SignAsync(claims)).GetAsync("version")).AssertRefused(401, Revoked);
    }

    [Rule("4.6")]
    [Fact]
    public async Task Token_WithTheSeedOfTheOtherKind_IsRevoked()
    {
        var account = await fixture.NewAccountAsync();
        var claims = Jwt.ClaimsJson(account.User, Jwt.Never, Jwt.Seed(account.Token));

        (await account.With(await SignAsync(claims)).GetAsync("version")).AssertRefused(
            401,
            "unauthorized: The apitoken is revoked (seed does not match)"
        );
    }

    [Rule("4.7")]
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Token_EmptyOrBlank_IsMissing(string token)
    {
        (await fixture.Nobody.With(token).GetAsync("version")).AssertRefused(401, Missing);
    }

    [Rule("2.5", "4.7")]
    [Theory]
    [InlineData("garbage")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("....")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.W10.W10")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("eyJhbGciOjV9.e30.AAAA")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6NX0.e30.AAAA")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6WyJrMDAwMSJdfQ.e30.AAAA")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6ImswMDAxIn0.W10.AAAA")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6ImswMDAxIn0.e30.")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6ImswMDAxIn0.e30.AAAA.AAAA.AAAA")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6ImswMDAxIn0...AAAA.AAAA")]
    [InlineData("Bearer e30.e30.e30")]
    public async Task Token_ThatIsNone_IsRefusedWithoutTheWordThatWipesClients(string token)
    {
        var answer = await fixture.Nobody.With(token).GetAsync("version");

        answer.AssertRefusedWith(401, "unauthorized: ");
        Assert.DoesNotContain("revoked", answer.Body, StringComparison.Ordinal);
        Assert.NotEqual(Missing, answer.Body);
    }

    [Rule("4.4")]
    [Theory]
    [InlineData("""{"alg":"none","kid":"k0001","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS384","kid":"k0001","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":"k0001","typ":"JWT"}""")]
    [InlineData("""{"alg":"hs256","kid":"k0001","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","kid":"k9999","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","kid":"K0001","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","kid":"","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""")]
    [InlineData("""{"kid":"k0001","typ":"JWT"}""")]
    public async Task Token_WithOurKeyButAnotherHeader_IsRefused(string header)
    {
        var account = await fixture.NewAccountAsync();
        var forged = Jwt.Sign(await Jwt.SecretAsync(fixture.Data), header, Jwt.Payload(account.Token));

        (await account.With(forged).GetAsync("version")).AssertRefusedWith(401, "unauthorized: The token in header");
        Assert.Equal(200, (await account.GetAsync("version")).Status);
    }

    [Theory]
    [InlineData("""{"username":"user-1","expires":99999999999}""")]
    [InlineData("""{"username":"user-1","expires":"99999999999","seed":"x"}""")]
    [InlineData("""{"username":5,"expires":99999999999,"seed":"x"}""")]
    [InlineData("""{"username":"user-1","expires":1e300,"seed":"x"}""")]
    [InlineData("""{"username":null,"expires":99999999999,"seed":null}""")]
    [InlineData("""{"expires":99999999999,"seed":"x"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Token_WithOurKeyButOtherClaims_IsRefused(string claims)
    {
        (await fixture.Nobody.With(await SignAsync(claims)).GetAsync("version")).AssertRefusedWith(
            401,
            "unauthorized: "
        );
    }

    [Fact]
    public async Task Token_OfAnotherAccountSignedWithAWrongKey_IsRefused()
    {
        var victim = await fixture.NewAccountAsync();

        foreach (var secret in new[] { new byte[32], "secret"u8.ToArray(), [] })
        {
            var forged = Jwt.Sign(secret, Hs256, Jwt.Payload(victim.Token));
            (await victim.With(forged).GetAsync("version")).AssertRefusedWith(401, "unauthorized: The token in header");
        }
    }

    [Fact]
    public async Task Token_WithThePayloadOfAnother_IsRefused()
    {
        var victim = await fixture.NewAccountAsync();
        var thief = await fixture.NewAccountAsync();
        var forged = Jwt.WithPayload(thief.Token, Jwt.Payload(victim.Token));

        (await thief.With(forged).GetAsync("version")).AssertRefusedWith(401, "unauthorized: The token in header");
    }

    [Fact]
    public async Task Token_WithAnyCharacterOfItsSignatureChanged_IsRefused()
    {
        var account = await fixture.NewAccountAsync();
        var start = account.Token.LastIndexOf('.') + 1;

        // The last character holds unused bits: two texts mean the same bytes there.
        for (var at = start; at < account.Token.Length - 1; at += 7)
        {
            var other = account.Token[at] == 'A' ? 'B' : 'A';
            var forged = string.Create(
                CultureInfo.InvariantCulture,
                $"{account.Token.AsSpan(0, at)}{other}{account.Token.AsSpan(at + 1)}"
            );
            Assert.Equal(401, (await account.With(forged).GetAsync("version")).Status);
        }
    }

    [NotUnderFunctions("Hosts join what a header says twice.")]
    [Rule("4.1")]
    [Fact]
    public async Task Token_SentTwice_TheLastCounts()
    {
        var account = await fixture.NewAccountAsync();

        var good = await SendAsync("authtoken: garbage", $"AuthToken: {account.Token}");
        var bad = await SendAsync($"authtoken: {account.Token}", "authtoken: garbage");
        var blanks = await SendAsync($"AUTHTOKEN: \t {account.Token}  ");

        Assert.Equal((200, 401, 200), (good.Status, bad.Status, blanks.Status));
    }

    [Rule("4.2")]
    [Fact]
    public async Task Token_AsBearer_CountsWhereItIsOursAndIsMissingWhereItIsNot()
    {
        var account = await fixture.NewAccountAsync();

        var ours = await SendAsync($"Authorization: Bearer {account.Token}");
        var foreign = await SendAsync("Authorization: Bearer eyJhbGciOiJub25lIn0.e30.");
        var basic = await SendAsync($"Authorization: Basic {account.Token}");
        var both = await SendAsync($"authtoken: {account.Token}", "Authorization: Bearer of.somebody.else");
        var badFirst = await SendAsync("authtoken: garbage", $"Authorization: Bearer {account.Token}");

        Assert.Equal(200, ours.Status);
        Assert.Equal((401, Missing), (foreign.Status, foreign.Text));
        Assert.Equal((401, Missing), (basic.Status, basic.Text));
        Assert.Equal(200, both.Status);
        Assert.Equal(401, badFirst.Status);
    }

    [Rule("4.3")]
    [Fact]
    public async Task Token_InACookieOrTheQuery_IsMissing()
    {
        var account = await fixture.NewAccountAsync();

        var cookie = await SendAsync($"Cookie: authtoken={account.Token}");
        var query = await fixture.Nobody.GetAsync($"version?authtoken={account.Token}");

        Assert.Equal((401, Missing), (cookie.Status, cookie.Text));
        query.AssertRefused(401, Missing);
    }

    [Fact]
    public async Task Token_OfTwentyThousandCharacters_IsRefused()
    {
        var header = Jwt.Encode(Hs256);

        var answer = await fixture.Nobody.With($"{header}.{new string('A', 20_000)}.AAAA").GetAsync("version");

        answer.AssertRefusedWith(401, "unauthorized: ");
    }

    private async Task<string> SignAsync(string claims) => Jwt.Sign(await Jwt.SecretAsync(fixture.Data), Hs256, claims);

    private Task<RawAnswer> SendAsync(params string[] headers) =>
        fixture.Raw.SendAsync("GET /api/v2/version HTTP/1.1", headers);
}
