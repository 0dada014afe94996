using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Accounts;

/// <summary>Signing in because one sits at this machine: nobody else may, whatever a proxy or a web page says.</summary>
[NotUnderFunctions("Behind a Functions host it does not exist.")]
public sealed class LocalhostSignInTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string Proof = Credentials.Body("""{"method":"localhost"}""");

    [Rule("3.6")]
    [Theory]
    [InlineData("Host: localhost")]
    [InlineData("Host: 127.0.0.1:8080")]
    [InlineData("Host: [::1]:8080")]
    [InlineData("Host: localhost", "Origin: http://localhost:8080")]
    [InlineData("Host: localhost", "Origin: http://127.0.0.1")]
    public async Task SignIn_FromThisMachine_GivesATokenOfTheDefaultUser(params string[] headers)
    {
        var answer = await SignInAsync(fixture.Server, headers);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("{\"token\":\"ey", answer.Text, StringComparison.Ordinal);
        var token = answer.Text.Split('"')[3];
        Assert.Equal("defaultuser", Jwt.Claims(token).GetProperty("username").GetString());
        Assert.Equal(200, (await fixture.Nobody.With(token).GetAsync("version")).Status);
    }

    [Rule("3.6")]
    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Host: localhost.evil.example")]
    [InlineData("Host: evil.example:8080")]
    [InlineData("Host: 192.168.1.7:8080")]
    [InlineData("Host: ")]
    [InlineData("Host: localhost:1", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: localhost:8080")]
    [InlineData("Host: localhost", "X-Forwarded-For: ::1, 127.0.0.2")]
    [InlineData("Host: localhost", "X-Forwarded-Proto: http")]
    [InlineData("Host: localhost", "x-forwarded-prefix: /")]
    [InlineData("Host: localhost", "Forwarded: for=127.0.0.1")]
    [InlineData("Host: localhost", "X-Real-IP: 127.0.0.1")]
    [InlineData("Host: localhost", "Via: 1.1 localhost")]
    [InlineData("Host: localhost", "X-Forwarded-For: 192.168.1.7")]
    [InlineData("Host: localhost", "X-Forwarded-For: 127.0.0.1, 192.168.1.7")]
    [InlineData("Host: localhost", "X-Forwarded-For: 192.168.1.7", "X-Forwarded-For: 127.0.0.1")]
    [InlineData("Host: localhost", "X-Forwarded-For: unknown")]
    [InlineData("Host: localhost", "X-Forwarded-For: ")]
    [InlineData("Host: localhost", "X-Forwarded-Host: evil.example")]
    [InlineData("Host: localhost", "X-Forwarded-Host: localhost, evil.example")]
    [InlineData("Host: localhost", "X-Forwarded-Host: ")]
    [InlineData("Host: localhost", "Origin: https://evil.example")]
    [InlineData("Host: localhost", "Origin: http://localhost.evil.example")]
    [InlineData("Host: localhost", "Origin: http://localhost@evil.example")]
    [InlineData("Host: localhost", "Origin: null")]
    public async Task SignIn_WithAnySignOfAnotherMachine_IsForbidden(params string[] headers)
    {
        var answer = await SignInAsync(fixture.Server, headers);

        Assert.Equal((403, "forbidden: must be on localhost"), (answer.Status, answer.Text));
    }

    [Rule("3.6")]
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    public async Task SignIn_WhereTheServerIsOpenToOthers_IsForbidden(string bind)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            port => [("TIMETAGGER_BIND", $"{bind}:{port}")]
        );

        var answer = await SignInAsync(server, "Host: localhost");

        Assert.Equal((403, "forbidden: must be on localhost"), (answer.Status, answer.Text));
    }

    [Rule("3.14")]
    [Theory]
    [InlineData("WEBSITE_SITE_NAME", "timetagger")]
    [InlineData("WEBSITE_INSTANCE_ID", "0")]
    public async Task SignIn_InAzure_MethodsOfOneMachineDoNotExist(string variable, string value)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            (variable, value),
            ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers)
        );
        var nobody = new ApiClient(server.Http, "nobody", null);

        var localhost = await SignInAsync(server, "Host: localhost");
        var password = await nobody.SignInAsync(Credentials.PasswordBody(Credentials.User(1)));

        Assert.Equal((401, "Invalid authentication method: localhost"), (localhost.Status, localhost.Text));
        password.AssertRefused(401, "Invalid authentication method: usernamepassword");
    }

    private static Task<RawAnswer> SignInAsync(ServerProcess server, params string[] headers) =>
        new RawHttp(server.Port).SendTextAsync(
            string.Join(
                "\r\n",
                [
                    "POST /api/v2/bootstrap_authentication HTTP/1.1",
                    .. headers,
                    "Connection: close",
                    $"Content-Length: {Proof.Length}",
                    "",
                    Proof,
                ]
            )
        );
}
