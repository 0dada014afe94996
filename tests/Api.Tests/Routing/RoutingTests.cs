using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>Paths, methods, and the order in which a call is refused.</summary>
public sealed class RoutingTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string MissingToken = "unauthorized: Missing jwt 'authtoken' in header.";

    [Rule("1.8", "1.11", "1.12")]
    [Theory]
    [InlineData("GET", "version")]
    [InlineData("POST", "version")]
    [InlineData("GET", "updates?since=0")]
    [InlineData("GET", "updates")]
    [InlineData("GET", "records")]
    [InlineData("PUT", "records")]
    [InlineData("GET", "settings")]
    [InlineData("PUT", "settings")]
    [InlineData("PUT", "forcereset")]
    [InlineData("GET", "webtoken")]
    [InlineData("GET", "apitoken")]
    [InlineData("GET", "unknown")]
    [InlineData("DELETE", "records")]
    [InlineData("OPTIONS", "records")]
    [InlineData("PUT", "")]
    [InlineData("GET", "Records")]
    [InlineData("POST", "Bootstrap_Authentication")]
    public async Task Call_WithoutToken_IsRefusedBeforeAnythingElseIsSaid(string method, string path)
    {
        var answer = await fixture.Nobody.SendAsync(new HttpMethod(method), path);

        answer.AssertRefused(401, MissingToken);
    }

    [NotUnderFunctions("The host makes %252F of %2F, so both are a slash.")]
    [Rule("1.9")]
    [Fact]
    public async Task Get_PathThatIsEncodedTwice_IsDecodedOnce()
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.GetAsync("%252Fversion");

        answer.AssertRefused(404, "not found: /%2Fversion is not a valid API path");
    }

    [Rule("1.3", "1.4", "1.9")]
    [Theory]
    [InlineData("unknown", "unknown")]
    [InlineData("records/x", "records/x")]
    [InlineData("unknown/", "unknown")]
    [InlineData("Records", "Records")]
    [InlineData("VERSION", "VERSION")]
    [InlineData("Bootstrap_Authentication", "Bootstrap_Authentication")]
    [InlineData("records%3Ftimerange=0-1", "records?timerange=0-1")]
    [InlineData("%7B**path%7D", "{**path}")]
    [InlineData("version//x", "version//x")]
    [InlineData("version;x", "version;x")]
    [InlineData("%2576ersion", "%76ersion")]
    public async Task Get_UnknownPath_SaysWhichIsNotThere(string path, string named)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.GetAsync(path);

        answer.AssertRefused(404, $"not found: /{named} is not a valid API path");
    }

    [Rule("1.10", "1.12")]
    [Theory]
    [InlineData("PUT", "version", "GET")]
    [InlineData("POST", "updates", "GET")]
    [InlineData("DELETE", "records", "GET and PUT")]
    [InlineData("POST", "settings", "GET and PUT")]
    [InlineData("PATCH", "settings/", "GET and PUT")]
    [InlineData("GET", "forcereset", "PUT")]
    [InlineData("PUT", "webtoken", "GET")]
    [InlineData("POST", "apitoken", "GET")]
    [InlineData("OPTIONS", "records", "GET and PUT")]
    public async Task Call_WrongMethod_NamesTheMethodsThereAre(string method, string path, string methods)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.SendAsync(new HttpMethod(method), path);

        answer.AssertRefused(405, $"method not allowed: /{path.Trim('/')} can only be used with {methods}");
    }

    [Rule("1.12")]
    [Theory]
    [InlineData("version", 405)]
    [InlineData("records?timerange=0-1", 405)]
    [InlineData("", 404)]
    [InlineData("unknown", 404)]
    public async Task Head_OfAnything_IsNotGetAndHasNoBody(string path, int status)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await fixture.Raw.SendAsync($"HEAD /api/v2/{path} HTTP/1.1", $"authtoken: {account.Token}");

        Assert.Equal((status, ""), (answer.Status, answer.Body));
    }

    [Rule("1.11")]
    [Fact]
    public async Task Root_GetWithoutToken_TellsWhereToRead()
    {
        var answer = await fixture.Nobody.GetAsync("");

        Assert.Equal((200, "See https://timetagger.readthedocs.io"), (answer.Status, answer.Body));
        Assert.Equal("text/plain", answer.ContentType);
    }

    [Rule("1.11")]
    [Fact]
    public async Task Root_OtherMethodWithToken_IsNotFound()
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.PutAsync("", "[]");

        answer.AssertRefused(404, "not found: / is not a valid API path");
    }

    [Rule("1.2", "1.5", "1.14")]
    [Theory]
    [InlineData("version")]
    [InlineData("version/")]
    [InlineData("/version")]
    [InlineData("//version//")]
    [InlineData("version%2F")]
    [InlineData("%2Fversion")]
    [InlineData("%76ersion")]
    [InlineData("version?unknown=1&unknown=2")]
    public async Task Version_HoweverItIsWritten_IsThatOfTheOriginal(string path)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.GetJsonAsync(path);

        Assert.Equal("26.1.3", answer.GetProperty("version").GetString());
    }

    [Rule("2.4", "4.10")]
    [Theory]
    [InlineData("webtoken")]
    [InlineData("apitoken")]
    [InlineData("webtoken?reset=1")]
    [InlineData("apitoken?reset=1")]
    public async Task Tokens_AskedWithAnApiToken_AreForbiddenAndUnchanged(string path)
    {
        var account = await fixture.NewAccountAsync();
        var program = account.With(await account.GetTokenAsync("apitoken"));

        var answer = await program.GetAsync(path);

        answer.AssertRefused(403, $"forbidden: /{path.Split('?')[0]} needs auth with a web-token");
        Assert.Equal(program.Token, await account.GetTokenAsync("apitoken"));
    }

    [Rule("1.8")]
    [Fact]
    public async Task Call_WrongKindOfTokenAndWrongMethod_IsRefusedForTheMethodFirst()
    {
        var account = await fixture.NewAccountAsync();
        var program = account.With(await account.GetTokenAsync("apitoken"));

        var answer = await program.SendAsync(HttpMethod.Put, "webtoken");

        Assert.Equal(405, answer.Status);
    }

    [Rule("1.8")]
    [Fact]
    public async Task Call_ArgumentsOfARefusedToken_AreNotLookedAt()
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.With("x.y.z").GetAsync("updates?since=nonsense");

        answer.AssertRefusedWith(401, "unauthorized: ");
    }

    [Rule("1.15")]
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    public async Task Status_AnyMethodWithoutToken_IsOk(string method)
    {
        var answer = await fixture.Raw.SendAsync($"{method} /api/status HTTP/1.1", "Content-Length: 0");

        Assert.Equal((200, method == "HEAD" ? "" : "ok"), (answer.Status, answer.Text));
        Assert.Contains("\r\nContent-Type: text/plain\r\n", answer.Head + "\r\n", StringComparison.Ordinal);
    }

    [NotUnderFunctions("The host answers itself.")]
    [Rule("1.1")]
    [Theory]
    [InlineData("/api/v1/records")]
    [InlineData("/api/v2x")]
    [InlineData("/API/STATUS/x")]
    [InlineData("/api/v2")]
    [InlineData("/api/v2?since=0")]
    [InlineData("/api/V2/version")]
    [InlineData("/API/v2/unknown")]
    [InlineData("/api/x/../v2/version")]
    public async Task Call_OutsideTheApi_IsNotFound(string path)
    {
        var account = await fixture.NewAccountAsync();
        foreach (var token in new[] { "X-None: 1", $"authtoken: {account.Token}" })
        {
            var answer = await fixture.Raw.SendAsync($"GET {path} HTTP/1.1", token);

            var named = path.Split('?')[0];
            Assert.Equal((404, $"not found: {named} is not served here"), (answer.Status, answer.Text));
        }
    }

    [NotUnderFunctions("The host resolves them.")]
    [Rule("1.4")]
    [Theory]
    [InlineData("x/../version")]
    [InlineData("./version")]
    [InlineData("../status")]
    [InlineData("../../api/v2/version")]
    [InlineData("%2e%2e/%2e%2e/status")]
    public async Task Get_PathWithDots_IsNotResolved(string path)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await fixture.Raw.SendAsync($"GET /api/v2/{path} HTTP/1.1", $"authtoken: {account.Token}");

        var named = Uri.UnescapeDataString(path);
        Assert.Equal((404, $"not found: /{named} is not a valid API path"), (answer.Status, answer.Text));
    }

    [NotUnderFunctions("The host writes methods in capitals.")]
    [Rule("1.13")]
    [Theory]
    [InlineData("get")]
    [InlineData("Put")]
    [InlineData("INVENTED")]
    [InlineData("PROPFIND")]
    public async Task Call_MethodThatIsNone_IsABadRequest(string method)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await fixture.Raw.SendAsync($"{method} /api/v2/version HTTP/1.1", $"authtoken: {account.Token}");

        Assert.Equal((400, "bad request: this is not a method of HTTP"), (answer.Status, answer.Text));
    }

    [NotUnderFunctions("The host adds a header Server.")]
    [Rule("2.7")]
    [Theory]
    [InlineData("version", 200)]
    [InlineData("unknown", 404)]
    [InlineData("updates", 400)]
    public async Task Answer_OfAnyKind_IsNeitherCachedNorGuessedAt(string path, int status)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
