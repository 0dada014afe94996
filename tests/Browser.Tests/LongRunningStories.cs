using System.Globalization;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What was forgotten is asked about, once.</summary>
public sealed class LongRunningStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Record_RunningSinceYesterday_IsAskedAboutOnceAndCanBeStopped() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.WriteAsync("Forgotten #mine");
                await app.Choice("Started earlier").CheckAsync();
                var yesterday = DateTime.Now.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                await app.Dialog.GetByLabel("Date of the start").FillAsync(yesterday);
                await app.Submit.ClickAsync();
                await app.ExpectAllSavedAsync();

                await app.Page.ReloadAsync();

                await Expect(app.Dialog).ToContainTextAsync("This has been running since");
                await app.Page.Keyboard.PressAsync("Escape");
                await app.ExpectNoDialogAsync();
                await app.ReloadAsync();
                await app.ExpectNoDialogAsync();
                await app.OpenAsync("Forgotten #mine");
                await app.Choice("Stopped").CheckAsync();
                await app.Submit.ClickAsync();
                await app.ExpectNothingRunningAsync();
                await app.ExpectAnnouncedAsync("Stopped after ");
            }
        );
}
