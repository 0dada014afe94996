using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Cross-origin calls: on Flex, and where a setting says so, the host looks after them, and else a function does.</summary>
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

    [Fact]
    public async Task Preflight_WithSettings_IsAnsweredByTheHostWhoeverAsks()
    {
        await using var host = _package.Start(Settings);

        using var allowed = await SendAsync(host, HttpMethod.Options, Allowed, preflight: true);
        using var other = await SendAsync(host, HttpMethod.Options, "https://other.example", preflight: true);

        Assert.Equal((204, 204), ((int)allowed.StatusCode, (int)other.StatusCode));
        Assert.Equal([Allowed], allowed.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["PUT"], allowed.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.Equal(["authtoken"], allowed.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.Equal(["true"], allowed.Headers.GetValues("Access-Control-Allow-Credentials"));
        Assert.DoesNotContain(other.Headers, header => IsAllowing(header.Key));
        Assert.Empty(_package.Noted("http"));
    }

    [Theory]
    [InlineData("FUNCTIONS_ENABLE_CORS_CONFIGURATION", "1", null)]
    [InlineData("FUNCTIONS_ENABLE_CORS_CONFIGURATION", "1", "")]
    [InlineData("FUNCTIONS_ENABLE_CORS_CONFIGURATION", "1", "[]")]
    [InlineData("WEBSITE_SKU", "FlexConsumption", null)]
    public async Task Preflight_WhereNobodyIsAllowed_Is204WithoutAnAllowHeader(string name, string value, string? list)
    {
        await using var host = _package.Start([(name, value), ("CORS_ALLOWED_ORIGINS", list)]);

        using var answer = await SendAsync(host, HttpMethod.Options, Allowed, preflight: true);
        using var call = await SendAsync(host, HttpMethod.Get, Allowed, preflight: false);

        Assert.Equal((204, 200), ((int)answer.StatusCode, (int)call.StatusCode));
        Assert.DoesNotContain(answer.Headers.Concat(call.Headers), header => IsAllowing(header.Key));
        Assert.Single(_package.Noted("http"));
    }

    [Fact]
    public async Task Call_WithSettings_ReachesTheWorkerAndTheAnswerSaysWhoMayReadIt()
    {
        await using var host = _package.Start(Settings);

        using var call = await SendAsync(host, HttpMethod.Get, Allowed, preflight: false);
        using var options = await SendAsync(host, HttpMethod.Options, Allowed, preflight: false);

        Assert.Equal((200, 200), ((int)call.StatusCode, (int)options.StatusCode));
        Assert.Equal([Allowed], call.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(2, _package.Noted("http").Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task Preflight_WithoutSettings_ReachesTheWorker(string? enabled)
    {
        (string, string?)[] settings = [.. Settings.Skip(1), ("FUNCTIONS_ENABLE_CORS_CONFIGURATION", enabled)];
        await using var host = _package.Start(settings);

        using var answer = await SendAsync(host, HttpMethod.Options, Allowed, preflight: true);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => IsAllowing(header.Key));
        Assert.Single(_package.Noted("http"));
    }

    private static bool IsAllowing(string header) =>
        header.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);

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
            request.Headers.Add("Access-Control-Request-Headers", "authtoken");
        }

        return await host.Http.SendAsync(request);
    }
}
