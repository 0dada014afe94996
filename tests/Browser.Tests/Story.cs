using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Browser.Tests;

/// <summary>
/// One test: a running product and the browser windows that are opened on it. When it fails, a picture of every window
/// and what the product printed are left in <c>tests/Browser.Tests/TestResults</c>.
/// </summary>
internal sealed class Story
{
    private static readonly string Results = Path.Combine(
        LocalProgram.RepositoryRoot,
        "tests/Browser.Tests/TestResults"
    );

    private readonly IBrowser _browser;
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<string> _complaints = [];
    private bool _isUncaughtExpected;

    private Story(IBrowser browser, Product product)
    {
        _browser = browser;
        Product = product;
    }

    /// <summary>The folder of the site, as the product builds it when it starts.</summary>
    public static Lazy<Task<string>> BuiltSite { get; } =
        new(async () =>
        {
            await using var product = new Product([]);
            await product.StartAsync();
            return Path.Combine(LocalProgram.RepositoryRoot, "static-web", "dist");
        });

    public Product Product { get; }

    /// <summary>Tells a story of the product on the built site.</summary>
    /// <param name="arguments">More arguments for the product.</param>
    /// <param name="bind">The address the product listens at.</param>
    public static async Task TellAsync(
        BrowserFixture fixture,
        Func<Story, Task> steps,
        string[]? arguments = null,
        string bind = "127.0.0.1",
        [CallerMemberName] string name = ""
    )
    {
        // Built once: two products at a time would build into the same folder.
        string[] site =
            arguments?.Any(one => one is "--site" or "--watch") == true ? [] : ["--site", await BuiltSite.Value];
        await using var product = new Product([.. site, .. arguments ?? []], bind);
        await product.StartAsync();
        var story = new Story(fixture.Browser, product);
        try
        {
            await steps(story);
            Assert.Empty(story._complaints);
        }
        catch
        {
            await story.KeepEvidenceAsync(name);
            throw;
        }
        finally
        {
            foreach (var context in story._contexts)
            {
                await context.CloseAsync();
            }
        }
    }

    /// <summary>From here on the pages are made to fail: an exception that nobody catches is no mistake of theirs.</summary>
    public void ExpectUncaught() => _isUncaughtExpected = true;

    /// <summary>As <see cref="TellAsync"/>, with a copy of the built site, of which newer versions can be published.</summary>
    /// <param name="prepare">What is done to the copy before the product starts.</param>
    public static async Task TellOfSiteAsync(
        BrowserFixture fixture,
        Action<SiteVersions> prepare,
        Func<Story, SiteVersions, Task> steps,
        [CallerMemberName] string name = ""
    )
    {
        using var versions = new SiteVersions(await BuiltSite.Value);
        prepare(versions);
        await TellAsync(fixture, story => steps(story, versions), ["--site", versions.Folder], name: name);
    }

    /// <summary>Tells a story of the demo, on a Wednesday at one o'clock, with three records of that morning.</summary>
    /// <param name="options">What is special about the browser.</param>
    public static Task TellOfDemoAsync(
        BrowserFixture fixture,
        Func<AppPage, Task> steps,
        BrowserNewContextOptions? options = null,
        [CallerMemberName] string name = ""
    ) =>
        TellAsync(
            fixture,
            async story =>
            {
                var page = await (await story.NewBrowserAsync(options)).NewPageAsync();
                await page.Clock.SetFixedTimeAsync(new DateTime(2026, 11, 18, 13, 0, 0, DateTimeKind.Local));
                await page.GotoAsync("/app/demo");
                await page.GetByRole(AriaRole.Button, new() { Name = "Look around" }).ClickAsync();
                await steps(new AppPage(page));
            },
            name: name
        );

    /// <summary>Another window of the same browser.</summary>
    public static async Task<AppPage> NewPageBesideAsync(IPage page, string address)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(address);
        return new AppPage(other);
    }

    /// <summary>A browser of its own: nothing is shared with the others but the product.</summary>
    /// <param name="options">What is special about it.</param>
    public async Task<IBrowserContext> NewBrowserAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(new(options ?? new()) { BaseURL = Product.Address });
        context.SetDefaultTimeout(60_000);
        context.WebError += (_, error) =>
        {
            if (!_isUncaughtExpected)
            {
                _complaints.Add($"uncaught: {error.Error}");
            }
        };
        context.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Product.Address, StringComparison.Ordinal))
            {
                _complaints.Add($"a request to somebody else: {request.Url}");
            }
        };
        _contexts.Add(context);
        return context;
    }

    /// <summary>A new browser, signed in without a password, with the app open and in step with the server.</summary>
    public async Task<AppPage> SignedInAsync()
    {
        var page = await (await NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync("/login");
        return await SignInAsync(page);
    }

    /// <summary>Signs in without a password on the page for that, and waits for the app to be in step with the server.</summary>
    public static async Task<AppPage> SignInAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in on this computer" }).ClickAsync();
        await page.WaitForPathAsync("/app/");
        var app = new AppPage(page);
        await app.ExpectAllSavedAsync();
        return app;
    }

    private async Task KeepEvidenceAsync(string name)
    {
        Directory.CreateDirectory(Results);
        await File.WriteAllTextAsync(Path.Combine(Results, $"{name}.txt"), Product.Output);
        var pages = _contexts.SelectMany(context => context.Pages).ToList();
        for (var i = 0; i < pages.Count; i++)
        {
            try
            {
                await pages[i]
                    .ScreenshotAsync(new() { Path = Path.Combine(Results, $"{name}.{i}.png"), FullPage = true });
            }
            catch (PlaywrightException)
            {
                // A window that cannot be pictured must not hide why the test failed.
            }
        }
    }
}
