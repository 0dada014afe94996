using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a page says whose files do not arrive.</summary>
public sealed class MissingFilesStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>As below a path that a proxy takes away: the page is there, and all that it names is somebody else's.</summary>
    [Theory]
    [InlineData("/login")]
    [InlineData("/app/")]
    public Task Page_WithoutAnyOfItsFiles_SaysThatAndNothingOfBrowsers(string address) =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.RouteAsync("**/assets/**", route => route.FulfillAsync(new() { Status = 404 }));

                await page.GotoAsync(address);

                await Expect(page.GetByText("This page has come without its own files")).ToBeVisibleAsync();
                await Expect(page.GetByText("this browser is too old")).ToBeHiddenAsync();
            }
        );

    [Fact]
    public Task Page_WhoseScriptDoesNotArrive_SaysThatAFileIsMissingOrTheBrowserTooOld() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.RouteAsync("**/assets/*.js", route => route.FulfillAsync(new() { Status = 404 }));

                await page.GotoAsync("/login");

                await Expect(page.GetByText("a file of it is missing, or this browser is too old for it"))
                    .ToBeVisibleAsync();
                await Expect(page.GetByText("This page has come without its own files")).ToBeHiddenAsync();
            }
        );
}
