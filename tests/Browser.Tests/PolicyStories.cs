using Microsoft.Playwright;
using Xunit;

namespace TimeTagger.Browser.Tests;

/// <summary>
/// Every page as a browser gets it, from one machine and from the emulator of Static Web Apps: it obeys the
/// policy it comes with, and both send it with the same headers.
/// </summary>
public sealed class PolicyStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly string[] Headers =
    [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cache-control",
    ];

    private const string Violations = """
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
          console.error(`Forbidden: ${violatedDirective} ${blockedURI} (${sourceFile}:${lineNumber})`));
        """;

    [Fact]
    public Task Pages_FromTheFront_DoNothingThatTheirPolicyForbids() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var context = await story.NewBrowserAsync();
                Assert.Empty(await ComplaintsAsync(context, story.Product.Address));
            }
        );

    [Fact]
    public async Task Pages_FromTheEmulator_DoNothingThatTheirPolicyForbids()
    {
        await using var emulator = await SiteEmulator.StartAsync(await Story.BuiltSite.Value);
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = emulator.Address });
        await context.RouteAsync(
            "**",
            async route =>
            {
                // The emulator does not find a page by its address, as Static Web Apps does: only by its file.
                if (IsAddressOfAPage(new Uri(route.Request.Url).AbsolutePath))
                {
                    var file = new UriBuilder(route.Request.Url) { Fragment = "" };
                    file.Path += ".html";
                    await route.FulfillAsync(
                        new() { Response = await route.FetchAsync(new() { Url = file.ToString() }) }
                    );
                }
                else
                {
                    await route.ContinueAsync();
                }
            }
        );

        Assert.Empty(await ComplaintsAsync(context, emulator.Address));
    }

    [Fact]
    public Task Headers_FromTheFrontAndTheEmulator_AreTheSame() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var site = await Story.BuiltSite.Value;
                await using var emulator = await SiteEmulator.StartAsync(site);
                var files = Directory
                    .EnumerateFiles(site, "*", SearchOption.AllDirectories)
                    .Select(file => "/" + Path.GetRelativePath(site, file).Replace('\\', '/'))
                    .Where(path => path != "/staticwebapp.config.json")
                    .ToList();
                Assert.Contains("/app/sw.js", files);
                using var client = new HttpClient();

                foreach (var path in files)
                {
                    // Both have a file by its path or by the address of its folder; only one machine redirects the path.
                    var index = path.EndsWith("/index.html", StringComparison.Ordinal);
                    var bare = index ? path[..^"index.html".Length] : path;
                    var address = bare.EndsWith(".html", StringComparison.Ordinal) ? bare[..^".html".Length] : bare;
                    var own = await HeadersAsync(client, story.Product.Address + address);
                    var emulated = await HeadersAsync(client, emulator.Address + bare);
                    Assert.Equal((path, own), (path, emulated));
                }
            }
        );

    private static bool IsAddressOfAPage(string path) =>
        !path.EndsWith('/')
        && !Path.HasExtension(path)
        && !path.StartsWith("/api/", StringComparison.Ordinal)
        && path != "/status";

    /// <summary>Opens every page; what the browser complains of, beside calls that nobody answered.</summary>
    private static async Task<List<string>> ComplaintsAsync(IBrowserContext context, string address)
    {
        var complaints = new List<string>();
        await context.AddInitScriptAsync(Violations);
        var opened = "";
        context.Console += (_, message) =>
        {
            if (
                message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
            {
                complaints.Add($"{opened}: {message.Text}");
            }
        };
        var site = await Story.BuiltSite.Value;
        var page = await context.NewPageAsync();
        foreach (var file in Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories).Order())
        {
            var path = Path.ChangeExtension(Path.GetRelativePath(site, file).Replace('\\', '/'), null);
            opened =
                $"/{(path == "index" ? "" : path.EndsWith("/index", StringComparison.Ordinal) ? path[..^5] : path)}";
            var response = await page.GotoAsync(address + opened, new() { WaitUntil = WaitUntilState.NetworkIdle });
            Assert.True(response!.Status == 200 || opened == "/404", $"{opened}: {response.Status}");
            Assert.Contains("script-src 'self'", response.Headers["content-security-policy"], StringComparison.Ordinal);
        }

        await page.CloseAsync();
        return complaints;
    }

    private static async Task<string> HeadersAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead);
        var headers = Headers.Select(name =>
            answer.Headers.TryGetValues(name, out var values) ? $"{name}: {string.Join(", ", values)}" : $"no {name}"
        );
        return string.Join(
            '\n',
            [$"{(int)answer.StatusCode} {answer.Content.Headers.ContentType?.MediaType}", .. headers]
        );
    }
}
