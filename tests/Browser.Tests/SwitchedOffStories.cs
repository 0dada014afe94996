using Microsoft.Playwright;
using Xunit;

namespace TimeTagger.Browser.Tests;

/// <summary>A function that an operator switches off answers as the Functions host does then: 404, without a word.</summary>
public sealed class SwitchedOffStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("records")]
    [InlineData("updates")]
    public Task Function_SwitchedOffAndOnAgain_LosesNoEdit(string function) =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.ExpectAllSavedAsync();
                var calls = $"**/api/v2/{function}*";
                await app.Page.RouteAsync(calls, route => route.FulfillAsync(new() { Status = 404, Body = "" }));

                await app.StartAsync("Made meanwhile #kept");
                await app.Page.ReloadAsync();
                await app.ExpectRunningAsync("Made meanwhile #kept");
                await app.Page.UnrouteAsync(calls);
                await app.ReloadAsync();

                await app.ExpectTodayAsync("Made meanwhile #kept");
                var other = await story.SignedInAsync();
                await other.ExpectRunningAsync("Made meanwhile #kept");
            }
        );
}
