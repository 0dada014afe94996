using System.Text;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Accounts;

/// <summary>Trading a password for a web token, and what is refused.</summary>
public sealed class SignInTests : IClassFixture<SignInTests.Users>
{
    private readonly Users _users;
    private readonly ApiClient _nobody;

    public SignInTests(Users users)
    {
        ArgumentNullException.ThrowIfNull(users);
        _users = users;
        _nobody = new ApiClient(users.Server.Http, "nobody", null);
    }

    [Rule("3.3", "3.4")]
    [Theory]
    [InlineData("older", Credentials.Password)]
    [InlineData("newer", Credentials.Password)]
    [InlineData("cut", Credentials.CutPassword)]
    [InlineData("cut", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")]
    [InlineData("  older\t", " U*U \n")]
    [InlineData("Zoë 🙂", Credentials.Password)]
    public async Task SignIn_RightPassword_GivesAWebTokenOfThatUser(string user, string password)
    {
        var answer = await _nobody.SignInAsync(Credentials.PasswordBody(user, password));

        var token = answer.Json().GetProperty("token").GetString()!;
        Assert.Equal(user.Trim(), Jwt.Claims(token).GetProperty("username").GetString());
        Assert.Empty((await _nobody.With(token).PollAsync("0")).Records);
        Assert.Equal(200, (await _nobody.With(token).GetAsync("webtoken")).Status);
    }

    [Rule("3.5")]
    [Theory]
    [InlineData("""{"method":"usernamepassword","username":"older","password":"U*U*"}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":"u*u"}""")]
    [InlineData("""{"method":"usernamepassword","username":"nobody","password":"U*U"}""")]
    [InlineData("""{"method":"usernamepassword","username":"Older","password":"U*U"}""")]
    [InlineData("""{"method":"usernamepassword","username":"nobody","password":"-"}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":""}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":"   "}""")]
    [InlineData("""{"method":"usernamepassword","username":"","password":""}""")]
    [InlineData("""{"method":"usernamepassword","username":"older"}""")]
    [InlineData("""{"method":"usernamepassword","password":"U*U"}""")]
    [InlineData("""{"method":"usernamepassword"}""")]
    [InlineData("""{"method":"usernamepassword","username":null,"password":null}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":"U*U\u0000"}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":"U*U\u0000x"}""")]
    [InlineData("""{"method":"usernamepassword","username":"older\u0000","password":"U*U"}""")]
    [InlineData(
        """{"method":"usernamepassword","username":"older","password":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}"""
    )]
    public async Task SignIn_WrongOrMissingCredentials_AllReadTheSame(string proof)
    {
        var answer = await _nobody.SignInAsync(Credentials.Body(proof));

        answer.AssertRefused(403, "Invalid credentials");
    }

    [Rule("3.12")]
    [Theory]
    [InlineData("""{"method":"entra"}""", "entra")]
    [InlineData("""{"method":"Localhost"}""", "Localhost")]
    [InlineData("""{"method":""}""", "")]
    [InlineData("""{"method":null}""", "unspecified")]
    [InlineData("""{}""", "unspecified")]
    [InlineData("""{"method":"usernamepassword","method":"other"}""", "other")]
    public async Task SignIn_UnknownMethod_IsNamed(string proof, string named)
    {
        var answer = await _nobody.SignInAsync(Credentials.Body(proof));

        answer.AssertRefused(401, $"Invalid authentication method: {named}");
    }

    [Rule("3.13")]
    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"localhost\"")]
    [InlineData("{")]
    [InlineData("{\"method\":\"localhost\",}")]
    [InlineData("")]
    [InlineData("""{"method":5}""")]
    [InlineData("""{"method":["localhost"]}""")]
    [InlineData("""{"method":"\ud800"}""")]
    [InlineData("""{"m\ud800":1,"method\ud800":2,"methodology":3}""")]
    [InlineData("""{"method":"usernamepassword","username":5,"password":"U*U"}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":true}""")]
    [InlineData("""{"method":"usernamepassword","username":{},"password":[]}""")]
    [InlineData("""{"method":"usernamepassword","username":"\udfff","password":"U*U"}""")]
    [InlineData("""{"method":"usernamepassword","username":"older","password":"\ud83d"}""")]
    public async Task SignIn_MalformedProof_IsABadRequest(string proof)
    {
        var answer = await _nobody.SignInAsync(Credentials.Body(proof));

        answer.AssertRefusedWith(400, "bad request: ");
    }

    [Rule("3.1", "3.13")]
    [Theory]
    [InlineData("{\"method\":\"localhost\"}")]
    [InlineData("====")]
    [InlineData("e30")]
    [InlineData("%7B%7D")]
    [InlineData("\u0000\u0001")]
    [InlineData("é")]
    public async Task SignIn_NoBase64_IsABadRequest(string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));

        var answer = await _nobody.SendAsync(HttpMethod.Post, "bootstrap_authentication", content);

        answer.AssertRefusedWith(400, "bad request: ");
    }

    [Rule("3.13")]
    [Fact]
    public async Task SignIn_BytesThatAreNoText_AreABadRequest()
    {
        byte[] proof = [.. "{\"method\":\""u8, 0xff, 0xfe, .. "\"}"u8];

        var answer = await _nobody.SignInAsync(Convert.ToBase64String(proof));

        answer.AssertRefusedWith(400, "bad request: ");
    }

    [Rule("3.13")]
    [Theory]
    [InlineData(64 * 1024 + 1)]
    [InlineData(10 * 1024 * 1024 + 1)]
    public async Task SignIn_OversizedBody_IsTooLargeHoweverItIsSent(int size)
    {
        foreach (var chunked in new[] { false, true })
        {
            using var content = new ByteArrayContent(new byte[size]);

            var answer = await _nobody.SendAsync(
                HttpMethod.Post,
                "bootstrap_authentication",
                content,
                request => request.Headers.TransferEncodingChunked = chunked
            );

            answer.AssertRefusedWith(413, "request too large: ");
        }
    }

    [Rule("3.3")]
    [Fact]
    public async Task SignIn_Again_LeavesExistingTokensValid()
    {
        var first = await ApiClient.SignInAsync(_users.Server.Http, "newer");
        var program = first.With(await first.GetTokenAsync("apitoken"));

        var second = await ApiClient.SignInAsync(_users.Server.Http, "newer");

        Assert.Equal(200, (await first.GetAsync("version")).Status);
        Assert.Equal(200, (await program.GetAsync("version")).Status);
        Assert.Equal(program.Token, await second.GetTokenAsync("apitoken"));
    }

    [Rule("3.2")]
    [Fact]
    public async Task SignIn_WithATokenThatIsNone_DoesNotLookAtIt()
    {
        var answer = await _nobody.With("garbage").SignInAsync(Credentials.PasswordBody("older"));

        Assert.Equal(200, answer.Status);
    }

    [Rule("3.2")]
    [Theory]
    [InlineData("POST", "application/json")]
    [InlineData("POST", null)]
    [InlineData("PUT", "nonsense")]
    [InlineData("GET", "text/plain")]
    [InlineData("DELETE", "application/x-www-form-urlencoded")]
    public async Task SignIn_WithAnyMethodAndContentType_GivesAToken(string method, string? type)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(Credentials.PasswordBody("older")));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await _nobody.SendAsync(new HttpMethod(method), "bootstrap_authentication", content);

        Assert.Equal(200, answer.Status);
    }

    [Rule("3.1")]
    [Fact]
    public async Task SignIn_Base64InLines_GivesAToken()
    {
        var body = Credentials.PasswordBody("older");

        var answer = await _nobody.SignInAsync($" {body[..20]}\r\n{body[20..40]}\n\t{body[40..]}\n");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task SignIn_ManyAtOnceOfANewAccount_AllGetTokensThatCount()
    {
        var clients = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => ApiClient.SignInAsync(_users.Server.Http, "many"))
        );

        var answers = await Task.WhenAll(clients.Select(client => client.GetAsync("version")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
    }

    /// <summary>A server with users of every kind.</summary>
    public sealed class Users : IAsyncLifetime
    {
        internal DataFolder Data { get; } = new();

        internal ServerProcess Server { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Server = await ServerProcess.StartAsync(
                Data.Path,
                (
                    "TIMETAGGER_CREDENTIALS",
                    $"older:{Credentials.Hash2A};newer : {Credentials.Hash2B}, cut:{Credentials.CutHash},,"
                        + $"many:{Credentials.Hash2B},Zoë 🙂:{Credentials.Hash2B}"
                )
            );

        public async Task DisposeAsync()
        {
            using var _ = Data;
            if (Server is not null) // Null where it did not start.
            {
                await Server.DisposeAsync();
                Server.AssertSound();
            }
        }
    }
}
