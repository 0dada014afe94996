using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Which calls reach a function, and in what form they come from a proxied host.</summary>
public sealed class RoutingTests : IDisposable
{
    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Routes_AreTriedByTheNamesOfFunctionsAndMethodsAreNotImplied()
    {
        _package.Function("Aaa", ScriptedPackage.Http("{*path}", ""","methods":["get"]"""));
        _package.Function("Api", ScriptedPackage.Http("only/{id:int}", ""","methods":["post","get"]"""));
        await using var host = _package.Start("--shape", "forwarding");

        Assert.Equal(200, await StatusAsync(host, "GET", "/api/anything"));
        Assert.Equal(200, await StatusAsync(host, "POST", "/api/only/5"));
        Assert.Equal(404, await StatusAsync(host, "POST", "/api/only/five"));
        Assert.Equal(404, await StatusAsync(host, "POST", "/api/anything"));
        Assert.Equal(404, await StatusAsync(host, "HEAD", "/api/anything"));
        Assert.Equal(404, await StatusAsync(host, "OPTIONS", "/api/anything"));
    }

    [Fact]
    public async Task HomePage_ThatIsSwitchedOff_Is204()
    {
        await using var host = _package.Start([("AzureWebJobsDisableHomepage", "true")]);

        Assert.Equal(204, await StatusAsync(host, "GET", "/"));
        Assert.Equal(404, await StatusAsync(host, "POST", "/"));
    }

    [Fact]
    public async Task Route_OfAFunctionThatComesFirst_ShadowsMoreExactOnes()
    {
        _package.Function(
            "Aaa",
            ScriptedPackage.Http("{*path}").Replace("anonymous", "function", StringComparison.Ordinal)
        );
        _package.Function("Api", ScriptedPackage.Http("exact"));
        await using var host = _package.Start();

        Assert.Equal(401, await StatusAsync(host, "GET", "/api/exact"));
    }

    [Theory]
    [InlineData("https", "app.example")]
    [InlineData("http", "127.0.0.1", "--raw_headers")]
    public async Task DisguisedHost_IsWhatWasCalledUnlessSwitchedOff(string scheme, string called, params string[] more)
    {
        await using var host = _package.Start(["--shape", "proxying", .. more]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x");
        request.Headers.TryAddWithoutValidation("DISGUISED-HOST", "app.example");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");

        using var answer = await host.Http.SendAsync(request);

        var headers = JsonSerializer
            .Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync())
            .GetProperty("headers");
        Assert.Equal(scheme, headers.GetProperty("x-forwarded-proto").GetString());
        Assert.StartsWith(called, headers.GetProperty("x-forwarded-host").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallThatKillsTheHandler_IsMadeAgainByProxyingUntilTheHostEnds()
    {
        await using var host = _package.Start("--shape", "proxying");
        await host.LineAsync("The handler is ready.");

        var call = host.Http.GetAsync("/api/x?die=7");

        Assert.Equal(1, await host.ExitAsync());
        await call.ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.Equal(3, _package.Starts().Count);
    }

    [Fact]
    public async Task CallThatKillsTheHandler_IsMadeOnceByForwarding()
    {
        await using var host = _package.Start("--shape", "forwarding");
        await host.LineAsync("The handler is ready.");

        Assert.Equal(500, await StatusAsync(host, "GET", "/api/x?die=7"));

        await host.LineAsync("The handler is ready.", 2);
        Assert.Single(_package.Received());
    }

    private static async Task<int> StatusAsync(HostProgram host, string method, string path)
    {
        using var answer = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        return (int)answer.StatusCode;
    }
}
