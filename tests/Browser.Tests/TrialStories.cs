using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class TrialStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Demo_Opened_HasMadeUpRecordsAndAsksTheServerNothing() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var calls = new List<string>();
                var page = await OpenAsync(story, "/app/demo", calls);
                await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody's five years" }))
                    .ToBeVisibleAsync();
                await Axe.ExpectNoViolationsAsync(page);
                await page.GetByRole(AriaRole.Button, new() { Name = "Look around" }).ClickAsync();
                var app = new AppPage(page);

                await Expect(page.GetByText("Demo", new() { Exact = true })).ToBeVisibleAsync();
                await app.ExpectTodayAsync("Checked the pile plan", "Drew the boathouse", "Went through the post");
                await Axe.ExpectNoViolationsAsync(page);
                await app.StartAsync("Something of my own #mine");
                await app.ExpectWaitingAsync(0);
                await app.StopAsync();
                await page.ReloadAsync();
                await app.ExpectTodayAsync("Checked the pile plan", "Drew the boathouse", "Went through the post");

                await ExpectNothingLeftAsync(page, calls);
            }
        );

    [Fact]
    public Task Demo_DialogByKeyboard_HoldsTheKeysAndClosesOnEscape() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await OpenAsync(story, "/app/demo", []);
                await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Look around" })).ToBeFocusedAsync();

                await page.Keyboard.PressAsync("s");
                await page.Keyboard.PressAsync("Escape");

                await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
                var app = new AppPage(page);
                await app.ExpectNothingRunningAsync();
                await page.Keyboard.PressAsync("s");
                await app.Field.PressAsync("Enter");
                await app.ExpectRunningAsync("No description");
            }
        );

    [Fact]
    public Task Sandbox_Opened_IsEmptyAndForgetsEverything() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var calls = new List<string>();
                var page = await OpenAsync(story, "/app/sandbox", calls);
                await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "An empty page" })).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Enter");
                var app = new AppPage(page);
                await Expect(page.GetByText("Sandbox", new() { Exact = true })).ToBeVisibleAsync();
                await Expect(page.GetByText("Nothing yet.")).ToBeVisibleAsync();
                await Axe.ExpectNoViolationsAsync(page);

                await app.StartAsync("Rehearsal #play");
                await app.ExpectTodayAsync("Rehearsal #play");
                await app.ExpectWaitingAsync(0);
                await page.ReloadAsync();

                await Expect(page.GetByText("Nothing yet.")).ToBeVisibleAsync();
                await ExpectNothingLeftAsync(page, calls);
            }
        );

    /// <summary>Opens a page on a Wednesday at one o'clock, and notes what it asks the server's API.</summary>
    private static async Task<IPage> OpenAsync(Story story, string path, List<string> calls)
    {
        var page = await (await story.NewBrowserAsync()).NewPageAsync();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/", StringComparison.Ordinal))
            {
                calls.Add(request.Url);
            }
        };
        await page.Clock.SetFixedTimeAsync(new DateTime(2026, 11, 18, 13, 0, 0, DateTimeKind.Local));
        await page.GotoAsync(path);
        return page;
    }

    private static async Task ExpectNothingLeftAsync(IPage page, List<string> calls)
    {
        var left = await page.EvaluateAsync<string>(
            "async () => JSON.stringify([await indexedDB.databases(), { ...localStorage }, { ...sessionStorage }])"
        );
        Assert.Equal("[[],{},{}]", left);
        Assert.Empty(calls);
    }
}
