using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TimeTagger.Api.Accounts;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Accounts;

/// <summary>Signing in as the user that a reverse proxy names: only from a trusted one, or everybody could be anybody.</summary>
[NotUnderFunctions("Behind a Functions host it does not exist.")]
public sealed class ProxySignInTests(ProxySignInTests.BehindAProxy behind)
    : IClassFixture<ProxySignInTests.BehindAProxy>
{
    private const string Mismatch = "unauthorized: Autheticated user does not match proxy user";
    private const string NotTrusted = "forbidden: the proxy is not trusted";
    private static readonly string Proof = Credentials.Body("""{"method":"proxy"}""");

    [Rule("3.8", "3.9", "3.10")]
    [Theory]
    [InlineData("ada", "X-Remote-User: ada")]
    [InlineData("ada", "x-remote-user: \t ada ")]
    [InlineData("ada", "X-Remote-User: ada", "X-Remote-User: ")]
    [InlineData("ada", "X-Remote-User: ada", "X-Forwarded-For: 203.0.113.7")]
    [InlineData("ada", "X-Remote-User: ada", "X-Forwarded-For: unknown")]
    [InlineData("Zoë 🙂", "X-Remote-User: Zoë 🙂")]
    [InlineData("a,b", "X-Remote-User: a,b")]
    public async Task SignIn_FromATrustedProxy_GivesATokenOfTheUserItNames(string user, params string[] headers)
    {
        var answer = await SignInAsync(behind.Server, headers);

        Assert.Equal(200, answer.Status);
        var token = answer.Text.Split('"')[3];
        Assert.Equal(user, Jwt.Claims(token).GetProperty("username").GetString());
        Assert.Equal(200, (await behind.Nobody.With(token).GetAsync("version")).Status);
    }

    [Rule("3.9")]
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.3.1", true)]
    [InlineData("127.0.3.255", true)]
    [InlineData("127.0.0.2", false)]
    [InlineData("127.0.0.2", false, "X-Forwarded-For: 127.0.0.1")]
    [InlineData("127.0.0.2", false, "X-Forwarded-For: 10.0.0.7", "X-Real-IP: 127.0.0.1", "Forwarded: for=127.0.0.1")]
    [InlineData("127.0.4.1", false)]
    public async Task SignIn_FromAnyPeer_IsAllowedFromTrustedOnesAlone(
        string peer,
        bool isTrusted,
        params string[] headers
    )
    {
        var answer = await SignInAsync(behind.Server, ["X-Remote-User: ada", .. headers], IPAddress.Parse(peer));

        Assert.Equal(isTrusted ? 200 : 403, answer.Status);
        Assert.Equal(!isTrusted, answer.Text == NotTrusted);
    }

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("::ffff:10.0.0.7", true)]
    [InlineData("fd00::1", true)]
    [InlineData("10.0.1.7", false)]
    [InlineData("192.168.1.7", false)]
    [InlineData("fe80::1", false)]
    public void IsFromTrusted_PeerOfAnotherMachine_IsComparedLikeAnyOther(string peer, bool expected)
    {
        var proxy = new ProxyAuth([IPNetwork.Parse("10.0.0.0/24"), IPNetwork.Parse("fd00::/8")], "X-Remote-User");
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        context.Request.Headers["X-Forwarded-For"] = "10.0.0.7";

        Assert.Equal(expected, proxy.IsFromTrusted(context));
    }

    [Rule("3.10")]
    [Theory]
    [InlineData("no proxy user provided", "X-Other: ada")]
    [InlineData("no proxy user provided", "X-Remote-User: ")]
    [InlineData("no proxy user provided", "X-Remote-User:  \t ")]
    [InlineData("more than one proxy user provided", "X-Remote-User: ada", "X-Remote-User: bob")]
    public async Task SignIn_WithoutOneUser_IsForbidden(string text, params string[] headers)
    {
        var answer = await SignInAsync(behind.Server, headers);

        Assert.Equal((403, $"forbidden: {text}"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task SignIn_OfANameThatNoAccountCanHave_IsForbidden()
    {
        var answer = await SignInAsync(behind.Server, $"X-Remote-User: {new string('x', 500)}");

        Assert.Equal(403, answer.Status);
        Assert.Equal("forbidden: the proxy user cannot have an account. The user name is too long.", answer.Text);
    }

    [Rule("3.7")]
    [Fact]
    public async Task SignInHere_WhereAProxySignsPeopleIn_IsForbidden()
    {
        var answer = await behind.Nobody.SignInAsync(Credentials.Body("""{"method":"localhost"}"""));

        answer.AssertRefused(403, "forbidden: disabled when proxy auth is available");
    }

    [Rule("3.11")]
    [Theory]
    [InlineData(200, "X-Other: bob")]
    [InlineData(200, "X-Remote-User: ")]
    [InlineData(200, "X-Remote-User: user-1")]
    [InlineData(200, "X-Remote-User: user-1", "X-Forwarded-For: 192.168.1.7")]
    [InlineData(401, "X-Remote-User: bob")]
    [InlineData(401, "X-Remote-User: User-1")]
    [InlineData(401, "X-Remote-User: bob", "X-Forwarded-For: 192.168.1.7")]
    [InlineData(401, "X-Remote-User: user-1", "X-Remote-User: bob")]
    [InlineData(401, "X-Remote-User: bob", "X-Remote-User: user-1")]
    public async Task Call_WithAToken_IsRefusedWhereTheProxyNamesAnotherUser(int status, params string[] headers)
    {
        var account = await ApiClient.SignInAsync(behind.Server.Http, Credentials.User(1));

        foreach (var path in new[] { "version", "unknown", "updates" })
        {
            var answer = await new RawHttp(behind.Server.Port).SendAsync(
                $"GET /api/v2/{path} HTTP/1.1",
                [$"authtoken: {account.Token}", .. headers]
            );

            Assert.Equal(status == 401, answer.Status == 401);
            Assert.Equal(status == 401, answer.Text == Mismatch);
        }
    }

    [Rule("3.11")]
    [Fact]
    public async Task Call_WithARevokedToken_SaysThatFirst()
    {
        var account = await ApiClient.SignInAsync(behind.Server.Http, Credentials.User(2));
        await account.GetTokenAsync("webtoken?reset=1");

        var answer = await account.SendAsync(
            HttpMethod.Get,
            "version",
            change: request => request.Headers.Add("X-Remote-User", "bob")
        );

        answer.AssertRefused(401, "unauthorized: The webtoken is revoked (seed does not match)");
    }

    [Rule("3.8", "3.11")]
    [Fact]
    public async Task SignIn_WithoutAProxySetUp_IsForbiddenAndItsHeaderMeansNothing()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers)
        );

        var answer = await SignInAsync(server, "X-Remote-User: ada");
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        var call = await account.SendAsync(
            HttpMethod.Get,
            "version",
            change: request => request.Headers.Add("X-Remote-User", "bob")
        );

        Assert.Equal((403, "forbidden: proxy auth is not enabled"), (answer.Status, answer.Text));
        Assert.Equal(200, call.Status);
    }

    [Rule("3.14")]
    [Theory]
    [InlineData("WEBSITE_SITE_NAME")]
    [InlineData("WEBSITE_INSTANCE_ID")]
    public async Task SignIn_InAzure_DoesNotExistWhateverTheSettingsSay(string variable)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            (variable, "x"),
            ("TIMETAGGER_PROXY_AUTH_ENABLED", "true")
        );

        var answer = await SignInAsync(server, "X-Remote-User: ada", "X-Forwarded-For: 127.0.0.1");

        Assert.Equal((401, "Invalid authentication method: proxy"), (answer.Status, answer.Text));
    }

    private static Task<RawAnswer> SignInAsync(ServerProcess server, params string[] headers) =>
        SignInAsync(server, headers, IPAddress.Loopback);

    private static Task<RawAnswer> SignInAsync(ServerProcess server, string[] headers, IPAddress peer)
    {
        string[] lines =
        [
            "POST /api/v2/bootstrap_authentication HTTP/1.1",
            "Host: localhost",
            .. headers,
            "Connection: close",
            $"Content-Length: {Proof.Length}",
            "",
            Proof,
        ];
        var bytes = Encoding.UTF8.GetBytes(string.Join("\r\n", lines));
        return new RawHttp(server.Port, peer).SendTextAsync(Encoding.Latin1.GetString(bytes));
    }

    /// <summary>A server that believes proxies on this machine and in two networks.</summary>
    public sealed class BehindAProxy : IAsyncLifetime
    {
        internal DataFolder Data { get; } = new();

        internal ServerProcess Server { get; private set; } = null!;

        internal ApiClient Nobody => new(Server.Http, "nobody", null);

        public async Task InitializeAsync() =>
            Server = await ServerProcess.StartAsync(
                Data.Path,
                ("TIMETAGGER_PROXY_AUTH_ENABLED", "yes"),
                ("TIMETAGGER_PROXY_AUTH_TRUSTED", "127.0.0.1; 127.0.3.0/24, fd00::/8"),
                ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers)
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
