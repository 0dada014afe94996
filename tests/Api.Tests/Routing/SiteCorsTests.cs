using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>What a browser learns that shows a site of another origin.</summary>
[Rule("2.10")]
public sealed class SiteCorsTests(SiteCorsTests.WithSites sites) : IClassFixture<SiteCorsTests.WithSites>
{
    private const string Site = "https://example.com";
    private const string OtherSite = "http://localhost:3000";
    private const string AllowOrigin = "Access-Control-Allow-Origin";

    [Theory]
    [InlineData(Site, "PUT", "authtoken,content-type")]
    [InlineData(Site, "GET", "authorization,if-none-match")]
    [InlineData(OtherSite, "POST", "content-type")]
    public async Task Preflight_OfASite_AllowsWhatTheApiHas(string origin, string method, string headers)
    {
        var answer = await sites.PreflightAsync(origin, method, headers);

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        Assert.Equal([origin], answer.Headers.GetValues(AllowOrigin));
        Assert.Equal(["GET", "PUT", "POST"], Values(answer, "Access-Control-Allow-Methods"));
        Assert.Equal(
            ["authtoken", "authorization", "content-type", "if-none-match", "traceparent"],
            Values(answer, "Access-Control-Allow-Headers").Select(name => name.ToLowerInvariant())
        );
        Assert.Equal(["7200"], Values(answer, "Access-Control-Max-Age"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(["Origin"], answer.Headers.Vary);
    }

    [Theory]
    [InlineData("https://example.org")]
    [InlineData("https://example.com.example.org")]
    [InlineData("https://sub.example.com")]
    [InlineData("http://example.com")]
    [InlineData("https://example.com:444")]
    [InlineData("HTTPS://EXAMPLE.COM")]
    [InlineData("https://example.com, http://localhost:3000")]
    [InlineData("null")]
    public async Task Preflight_OfAStranger_IsACallWithoutAToken(string origin)
    {
        var answer = await sites.PreflightAsync(origin, "GET", "authtoken");

        answer.AssertRefused(401, "unauthorized: Missing jwt 'authtoken' in header.");
        AssertSaysNothing(answer);
        Assert.Equal(["Origin"], answer.Headers.Vary);
    }

    [Theory]
    [InlineData("version", true, 200)]
    [InlineData("unknown", true, 404)]
    [InlineData("updates", true, 400)]
    [InlineData("version", false, 401)]
    [InlineData("bootstrap_authentication", false, 400)]
    public async Task Call_OfASite_IsReadableWhateverTheAnswer(string path, bool withToken, int status)
    {
        var client = withToken ? await sites.NewAccountAsync() : sites.Nobody;

        var answer = await SendAsync(client, HttpMethod.Get, path, Site);

        Assert.Equal(status, answer.Status);
        AssertReadable(answer);
    }

    [Fact]
    public async Task Call_WithATooLargeBody_IsReadable()
    {
        using var content = new ByteArrayContent(new byte[64 * 1024 + 1]);

        var answer = await SendAsync(sites.Nobody, HttpMethod.Post, "bootstrap_authentication", Site, content);

        Assert.Equal(413, answer.Status);
        AssertReadable(answer);
    }

    [Fact]
    public async Task Call_TooManyTimes_IsReadableWithTheTimeToWait()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_SITE_ORIGIN", Site),
            ("TIMETAGGER_RATE_ADDRESS", "1")
        );
        var nobody = new ApiClient(server.Http, "nobody", null);
        await SendAsync(nobody, HttpMethod.Get, "version", Site);

        var answer = await SendAsync(nobody, HttpMethod.Get, "version", Site);

        Assert.Equal(429, answer.Status);
        Assert.NotNull(answer.Headers.RetryAfter);
        AssertReadable(answer);
    }

    [Fact]
    public async Task Call_OfAStrangerOrOfNoSite_SaysNothingOfSites()
    {
        var account = await sites.NewAccountAsync();

        foreach (var origin in new[] { "https://example.org", null })
        {
            var answer = await SendAsync(account, HttpMethod.Get, "version", origin);

            Assert.Equal(200, answer.Status);
            AssertSaysNothing(answer);
            Assert.Contains("Origin", answer.Headers.Vary);
        }
    }

    [Fact]
    public async Task Server_WithoutSites_SaysNothingToAnybody()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Path);

        var answer = await SendAsync(new ApiClient(server.Http, "nobody", null), HttpMethod.Get, "version", Site);

        Assert.Equal(401, answer.Status);
        AssertSaysNothing(answer);
        Assert.Empty(answer.Headers.Vary);
    }

    private static void AssertReadable(Answer answer)
    {
        Assert.Equal([Site], answer.Headers.GetValues(AllowOrigin));
        Assert.Equal(["ETag", "Retry-After", "Date"], Values(answer, "Access-Control-Expose-Headers"));
        Assert.Single(answer.Headers.Vary, "Origin");
    }

    private static void AssertSaysNothing(Answer answer) =>
        Assert.DoesNotContain(
            answer.Headers,
            header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
        );

    private static IEnumerable<string> Values(Answer answer, string header) =>
        answer.Headers.GetValues(header).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries));

    private static Task<Answer> SendAsync(
        ApiClient client,
        HttpMethod method,
        string path,
        string? origin,
        HttpContent? content = null
    ) =>
        client.SendAsync(
            method,
            path,
            content,
            request =>
            {
                if (origin is not null)
                {
                    request.Headers.TryAddWithoutValidation("Origin", origin);
                }
            }
        );

    /// <summary>A server that two sites may call.</summary>
    public sealed class WithSites : IAsyncLifetime
    {
        private ServerProcess? _server;
        private int _accounts;

        internal DataFolder Data { get; } = new();

        internal ApiClient Nobody => new(_server!.Http, "nobody", null);

        internal Task<ApiClient> NewAccountAsync() =>
            ApiClient.SignInAsync(_server!.Http, Credentials.User(Interlocked.Increment(ref _accounts)));

        internal Task<Answer> PreflightAsync(string origin, string method, string headers) =>
            Nobody.SendAsync(
                HttpMethod.Options,
                "records",
                change: request =>
                {
                    request.Headers.TryAddWithoutValidation("Origin", origin);
                    request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", method);
                    request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", headers);
                }
            );

        public async Task InitializeAsync() =>
            _server = await ServerProcess.StartAsync(
                Data.Path,
                ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers),
                ("TIMETAGGER_SITE_ORIGIN", $"{Site},{OtherSite}")
            );

        public async Task DisposeAsync()
        {
            using var _ = Data;
            if (_server is not null) // Null where it did not start.
            {
                await _server.DisposeAsync();
                _server.AssertSound();
            }
        }
    }
}
