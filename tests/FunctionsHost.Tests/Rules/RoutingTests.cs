using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Which calls reach which function.</summary>
public sealed class RoutingTests : IDisposable
{
    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Routes_AreTriedByTheNamesOfFunctionsAndFallThroughOnTheMethod()
    {
        _package.Function("Api", null);
        _package.Function("Ccc", ScriptedPackage.Http("{*path}"));
        _package.Function("Bbb", ScriptedPackage.Http("only/{id:int}", ""","methods":["post","get"]"""));
        _package.Function("Aaa", ScriptedPackage.Http("only/{*path}", ""","methods":["get"]"""));
        await using var host = _package.Start();

        Assert.Equal("Aaa", await ReachedAsync(host, "GET", "/api/only/5"));
        Assert.Equal("Bbb", await ReachedAsync(host, "POST", "/api/only/5"));
        Assert.Equal("Bbb", await ReachedAsync(host, "POST", "/API/Only/5")); // routes forgive capitals
        Assert.Equal("Ccc", await ReachedAsync(host, "POST", "/api/only/five"));
        Assert.Equal("Ccc", await ReachedAsync(host, "HEAD", "/api/only/5")); // GET does not imply it
        Assert.Equal("Ccc", await ReachedAsync(host, "OPTIONS", "/api/only/5"));
        Assert.Equal("Ccc", await ReachedAsync(host, "GET", "/api"));
    }

    [Theory]
    [InlineData("GET", "/api/exact", 200)]
    [InlineData("POST", "/api/exact", 404)] // and never 405
    [InlineData("HEAD", "/api/exact", 404)]
    [InlineData("GET", "/api/exact/more", 404)]
    [InlineData("GET", "/api/Optional", 200)]
    [InlineData("GET", "/api/optional/5", 200)]
    [InlineData("GET", "/api/optional/five", 404)]
    [InlineData("GET", "/elsewhere", 404)]
    [InlineData("GET", "/", 200)] // the host's own page
    [InlineData("POST", "/", 404)]
    public async Task Path_ThatNoRouteTakes_IsTheHostsEmpty404(string method, string path, int status)
    {
        _package.Function("Api", ScriptedPackage.Http("exact", ""","methods":["get"]"""));
        _package.Function("Optional", ScriptedPackage.Http("optional/{id:int?}"));
        await using var host = _package.Start();

        using var answer = await SendAsync(host, method, path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 404, (await answer.Content.ReadAsByteArrayAsync()).Length == 0);
    }

    [Fact]
    public async Task Catch_AllWithoutAPrefix_GetsEverythingButWhatIsTheHosts()
    {
        _package.Host(host => host["extensions"]!["http"]!["routePrefix"] = "");
        await using var host = _package.Start();

        Assert.Equal("Api", await ReachedAsync(host, "GET", "/"));
        Assert.Equal("Api", await ReachedAsync(host, "DELETE", "/status"));
        Assert.Equal("Api", await ReachedAsync(host, "GET", "/admin"));
        foreach (var path in new[] { "/admin/host/status", "/admin/functions/Api", "/runtime/webhooks/x" })
        {
            using var answer = await SendAsync(host, "GET", path);
            Assert.Equal(401, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Route_TellsTheFunctionWhatItTook()
    {
        _package.Function("Api", ScriptedPackage.Http("x/{id:int}/{*rest}"));
        await using var host = _package.Start();

        Assert.Equal("Api", await ReachedAsync(host, "GET", "/api/x/5/a/b"));

        var call = Assert.Single(_package.Noted("call"));
        Assert.Equal("5", call.GetProperty("route").GetProperty("id").GetString());
        Assert.Equal("a/b", call.GetProperty("route").GetProperty("rest").GetString());
        Assert.Equal("5", call.GetProperty("metadata").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("AzureWebJobs.Exact.Disabled", "true")]
    [InlineData("AzureWebJobs_Exact_Disabled", "1")]
    public async Task Function_SwitchedOff_IsTheHosts404(string setting, string value)
    {
        _package.Function("Api", ScriptedPackage.Http("other"));
        _package.Function("Exact", ScriptedPackage.Http("exact"));
        await using var host = _package.Start([(setting, value)]);

        using var answer = await SendAsync(host, "GET", "/api/exact");

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("Api", await ReachedAsync(host, "GET", "/api/other"));
    }

    [Fact]
    public async Task Function_SwitchedOff_LeavesItsCallsToOneThatSortsLater()
    {
        _package.Function("Api", ScriptedPackage.Http("exact"));
        _package.Function("Zzz", ScriptedPackage.Http("{*path}"));
        await using var host = _package.Start([("AzureWebJobs.Api.Disabled", "true")]);

        Assert.Equal("Zzz", await ReachedAsync(host, "GET", "/api/exact"));
    }

    [Fact]
    public async Task HomePage_ThatIsSwitchedOff_Is204()
    {
        await using var host = _package.Start([("AzureWebJobsDisableHomepage", "true")]);

        using var answer = await SendAsync(host, "GET", "/");

        Assert.Equal(204, (int)answer.StatusCode);
    }

    private async Task<string> ReachedAsync(HostProgram host, string method, string path)
    {
        var before = _package.Noted("call").Count;
        using var answer = await SendAsync(host, method, path);
        Assert.Equal(200, (int)answer.StatusCode);
        var name = _package.Noted("call")[before].GetProperty("function").GetString()!;
        await host.LineAsync($"Executed 'Functions.{name}' (Succeeded");
        return name;
    }

    private static async Task<HttpResponseMessage> SendAsync(HostProgram host, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await host.Http.SendAsync(request);
    }
}
