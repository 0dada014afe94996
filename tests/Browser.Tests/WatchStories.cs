using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>Working on the site with <c>--watch</c>.</summary>
public sealed class WatchStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string SomePage = "static-web/pages/privacy.md";

    [Fact]
    public Task Watch_ChangedSource_IsOnTheScreenWithoutAHand() =>
        TellAsync(
            async (story, sources) =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/privacy");
                sources.Append(SomePage, "\nThis was added.\n");
                await Expect(page.GetByText("This was added.")).ToBeVisibleAsync();

                // Styles are changed under the page, which keeps what it is doing.
                await page.EvaluateAsync("() => { window.stillThere = true; }");
                sources.Append("static-web/styles/site.scss", "\nh1 { letter-spacing: 7px !important; }\n");
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
                    .ToHaveCSSAsync("letter-spacing", "7px");
                Assert.True(await page.EvaluateAsync<bool>("() => window.stillThere === true"));

                await page.GotoAsync("/app/demo");
                sources.Append("static-web/app/pages/demo.tsx", "\ndocument.documentElement.id = \"changed\";\n");
                await Expect(page.Locator("html#changed")).ToHaveCountAsync(1);
            }
        );

    [Fact]
    public Task Watch_Mistake_IsShownOverTheLastGoodSiteUntilItIsMended() =>
        TellAsync(
            async (story, sources) =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/privacy");

                var takeBack = sources.Change(SomePage, "---\ntitle: T\n---\n");
                await Expect(page.GetByRole(AriaRole.Alert))
                    .ToHaveTextAsync(
                        "static-web/pages/privacy.md(3): The front matter has no description. Add a line \"description: …\"."
                    );
                await page.ReloadAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                Assert.Contains("privacy.md(3)", story.Product.Output, StringComparison.Ordinal);

                takeBack();
                await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public async Task Watch_MistakeAtTheStart_IsAPageUntilItIsMended()
    {
        using var sources = new SiteSources();
        var takeBack = sources.Change("static-web/styles/site.scss", "a {");
        await Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/privacy");
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The site cannot be built" }))
                    .ToBeVisibleAsync();
                await Expect(page.Locator("body > pre")).ToContainTextAsync("static-web/styles/site.scss(1): ");

                takeBack();
                await Expect(page).ToHaveURLAsync($"{story.Product.Address}/privacy");
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The site cannot be built" }))
                    .ToHaveCountAsync(0);
            },
            ["--watch", sources.Folder]
        );
    }

    private async Task TellAsync(Func<Story, SiteSources, Task> steps)
    {
        using var sources = new SiteSources();
        await Story.TellAsync(browser, story => steps(story, sources), ["--watch", sources.Folder]);
    }
}
