using System.Net;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Limits;

/// <summary>Who is told to wait, and who never is.</summary>
[Rule("10.2")]
public sealed class RateLimitsTests
{
    private const string WrongPassword = "wrong";
    private const string TooManyFailures = "too many requests: too many calls from your address failed; try again in ";

    [Fact]
    public async Task Token_OverItsRate_HasToWaitHoweverOftenItIsRenewedAndOthersDoNot()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data, ("TIMETAGGER_RATE_TOKEN", "5"));
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        var other = await ApiClient.SignInAsync(server.Http, Credentials.User(2));
        var renewed = await SignInAgainAsync(server, account);
        var program = account.With(await account.GetTokenAsync("apitoken"));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, (await account.GetAsync("version")).Status);
        }

        foreach (var client in new[] { account, renewed })
        {
            var answer = await client.GetAsync("unknown");

            Assert.Matches(
                "^too many requests: a token may make 5 calls a minute; try again in [0-9]+ s$",
                answer.Body
            );
            Assert.Equal((429, "text/plain"), (answer.Status, answer.ContentType));
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 12);
        }

        Assert.Equal(200, (await other.GetAsync("version")).Status);
        Assert.Equal(200, (await program.GetAsync("version")).Status);
        Assert.Equal(401, (await account.With(null).GetAsync("version")).Status);
    }

    [Fact]
    public async Task Token_OverItsRate_IsRefusedBeforeTheAccountIsRead()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data, ("TIMETAGGER_RATE_TOKEN", "2"));
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        Assert.Equal(200, (await account.GetAsync("webtoken?reset=1")).Status);
        (await account.GetAsync("version")).AssertRefusedWith(401, "unauthorized: The webtoken is revoked");

        Assert.Equal(429, (await account.GetAsync("version")).Status);
    }

    [Fact]
    public async Task Address_WithoutValidTokens_HasToWaitAndWhoeverSignedInDoesNot()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data, ("TIMETAGGER_RATE_ADDRESS", "4"));
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        var revoked = await ApiClient.SignInAsync(server.Http, Credentials.User(2));
        await revoked.GetTokenAsync("webtoken?reset=1");
        var nobody = account.With(null);

        foreach (var client in new[] { nobody, account.With("x.y.z"), revoked, nobody })
        {
            Assert.Equal(401, (await client.GetAsync("version")).Status);
        }

        foreach (var client in new[] { nobody, account.With("x.y.z"), revoked })
        {
            var answer = await client.GetAsync("version");

            answer.AssertRefusedWith(429, TooManyFailures);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 15);
        }

        (await nobody.SignInAsync(Credentials.PasswordBody(account.User))).AssertRefusedWith(429, TooManyFailures);
        (await nobody.SignInAsync("====")).AssertRefusedWith(429, TooManyFailures);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await account.GetAsync("version")).Status);
        }

        Assert.Equal(404, (await account.GetAsync("unknown")).Status);
        Assert.Equal("ok", await server.Http.GetStringAsync(new Uri("/api/status", UriKind.Relative)));
        Assert.Equal(200, (await nobody.GetAsync("")).Status);
    }

    [NotUnderFunctions("The worker's peer is always the host.")]
    [Fact]
    public async Task Address_OfSomebodyElse_IsNotHindered()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data, ("TIMETAGGER_RATE_ADDRESS", "1"));

        int[] statuses =
        [
            await StatusFromAsync(server, "127.0.0.1"),
            await StatusFromAsync(server, "127.0.0.1"),
            await StatusFromAsync(server, "127.0.0.2"),
            await StatusFromAsync(server, "127.0.0.2", "X-Forwarded-For: 127.0.0.3"),
            await StatusFromAsync(server, "127.0.0.2", "Forwarded: for=127.0.0.4", "X-Real-IP: 127.0.0.4"),
            await StatusFromAsync(server, "127.0.0.3", "X-Forwarded-For: 127.0.0.2"),
        ];

        Assert.Equal([401, 429, 401, 429, 429, 401], statuses);
    }

    [NotUnderFunctions("In Azure the worker refuses an embedded store.")]
    [Fact]
    public async Task Address_InAzure_CountsOnlyWhereItTellsSomebody()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(
            data,
            ("TIMETAGGER_RATE_ADDRESS", "1"),
            ("WEBSITE_SITE_NAME", "timetagger")
        );

        // Not public: there it is a part of Azure itself.
        Assert.Equal(401, await StatusFromAsync(server, "127.0.0.1"));
        Assert.Equal(401, await StatusFromAsync(server, "127.0.0.1"));
    }

    [Fact]
    public async Task SignIn_WrongPasswords_CostMuchAndRightOnesNothing()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(data, ("TIMETAGGER_RATE_ADDRESS", "62"));
        var nobody = new ApiClient(server.Http, "nobody", null);
        var right = Credentials.PasswordBody(Credentials.User(1));
        var wrong = Credentials.PasswordBody(Credentials.User(1), WrongPassword);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await nobody.SignInAsync(right)).Status);
            Assert.Equal(403, (await nobody.SignInAsync(wrong)).Status);
        }

        // Not one of them is looked at any more, while there is still something left for lesser mistakes.
        (await nobody.SignInAsync(right)).AssertRefusedWith(429, TooManyFailures);
        (await nobody.SignInAsync(wrong)).AssertRefusedWith(429, TooManyFailures);
        Assert.Equal(401, (await nobody.GetAsync("version")).Status);
        Assert.Equal(400, (await nobody.SignInAsync("====")).Status);
    }

    [Fact]
    public async Task Log_WhoeverIsRefused_SaysOnceThatItHappensAndNothingOfWhom()
    {
        using var data = new DataFolder();
        await using var server = await StartAsync(
            data,
            ("TIMETAGGER_RATE_ADDRESS", "1"),
            ("TIMETAGGER_RATE_TOKEN", "1")
        );
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        for (var i = 0; i < 4; i++)
        {
            await account.GetAsync("version");
            await StatusFromAsync(server, "127.0.0.77");
        }

        server.CloseInput();
        await server.ExitCodeAsync();

        Assert.Single(Lines("(rate_token)"));
        Assert.Single(Lines("(rate_address)"));
        Assert.DoesNotContain("127.0.0.77", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(account.User, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Jwt.Seed(account.Token), server.Output, StringComparison.Ordinal);

        IEnumerable<string> Lines(string text) =>
            server.Output.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal));
    }

    private static Task<ServerProcess> StartAsync(DataFolder data, params (string, string?)[] variables) =>
        ServerProcess.StartAsync(data.Path, [("TIMETAGGER_CREDENTIALS", Credentials.AllUsers), .. variables]);

    // Within a second it would be the identical token.
    private static async Task<ApiClient> SignInAgainAsync(ServerProcess server, ApiClient account)
    {
        while (true)
        {
            var renewed = await ApiClient.SignInAsync(server.Http, account.User);
            if (renewed.Token != account.Token)
            {
                return renewed;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<int> StatusFromAsync(ServerProcess server, string peer, params string[] headers) =>
        (
            await new RawHttp(server.Port, IPAddress.Parse(peer)).SendAsync("GET /api/v2/version HTTP/1.1", headers)
        ).Status;
}
