using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Cross-origin calls where the settings of the app allow them, and where they say nothing.</summary>
public sealed class CorsTests : IDisposable
{
    private const string Allowed = "https://site.example";

    private static readonly (string, string?)[] Settings =
    [
        ("FUNCTIONS_ENABLE_CORS_CONFIGURATION", "1"),
        ("CORS_ALLOWED_ORIGINS", $"""["{Allowed}"]"""),
        ("CORS_SUPPORT_CREDENTIALS", "true"),
    ];

    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task Preflight_WithSettings_IsAnsweredByTheHostWhoeverAsks(string shape)
    {
        await using var host = _package.Start(Settings, "--shape", shape);

        using var allowed = await SendAsync(host, HttpMethod.Options, Allowed, preflight: true);
        using var other = await SendAsync(host, HttpMethod.Options, "https://other.example", preflight: true);

        Assert.Equal((204, 204), ((int)allowed.StatusCode, (int)other.StatusCode));
        Assert.Equal([Allowed], allowed.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], allowed.Headers.GetValues("Access-Control-Allow-Credentials"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(_package.Received());
    }

    [Theory]
    [InlineData("forwarding")]
    [InlineData("proxying")]
    public async Task Call_WithSettings_ReachesTheHandlerAndTheAnswerSaysWhoMayReadIt(string shape)
    {
        await using var host = _package.Start(Settings, "--shape", shape);

        using var call = await SendAsync(host, HttpMethod.Get, Allowed, preflight: false);
        using var options = await SendAsync(host, HttpMethod.Options, Allowed, preflight: false);

        Assert.Equal((200, 200), ((int)call.StatusCode, (int)options.StatusCode));
        Assert.Equal([Allowed], call.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(2, _package.Received().Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task Preflight_WithoutSettings_ReachesTheHandler(string? enabled)
    {
        (string, string?)[] settings = [.. Settings.Skip(1), ("FUNCTIONS_ENABLE_CORS_CONFIGURATION", enabled)];
        await using var host = _package.Start(settings);

        using var answer = await SendAsync(host, HttpMethod.Options, Allowed, preflight: true);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Single(_package.Received());
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HostProgram host,
        HttpMethod method,
        string origin,
        bool preflight
    )
    {
        using var request = new HttpRequestMessage(method, "/api/x");
        request.Headers.Add("Origin", origin);
        if (preflight)
        {
            request.Headers.Add("Access-Control-Request-Method", "PUT");
        }

        return await host.Http.SendAsync(request);
    }
}
