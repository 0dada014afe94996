using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class AccessibilityStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Timer_ByKeyboardAlone_SaysWhatItDidAndKeepsAPlace() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();

                await app.Page.Keyboard.PressAsync("s");
                await Expect(app.Field).ToBeFocusedAsync();
                await app.Page.Keyboard.TypeAsync("Read aloud #books");
                await app.Page.Keyboard.PressAsync("Enter");
                await app.ExpectAnnouncedAsync("Started: Read aloud #books");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));

                await Expect(app.StartButton).ToBeFocusedAsync();
                await app.Page.Keyboard.PressAsync("Tab");
                await app.Page.Keyboard.PressAsync("Tab");
                await Expect(app.StopButton).ToBeFocusedAsync();
                await app.Page.Keyboard.PressAsync("Enter");

                await app.ExpectAnnouncedAsync("Stopped after ");
                await Expect(app.StartButton).ToBeFocusedAsync();
            }
        );

    [Fact]
    public Task Shortcuts_TurnedOff_DoNothingAlsoAfterAReload() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var choice = app.Page.GetByRole(
                    AriaRole.Checkbox,
                    new() { Name = "Single-key shortcuts (S, Shift+S, X, ?)" }
                );

                await app.Page.Keyboard.PressAsync("s");
                await app.Field.PressAsync("Enter");
                await app.ExpectRunningAsync("No description");
                await choice.UncheckAsync();
                await Expect(app.StopButton).Not.ToHaveAttributeAsync("aria-keyshortcuts", "X");
                await app.ReloadAsync();
                await Expect(choice).Not.ToBeCheckedAsync();
                await app.Page.Keyboard.PressAsync("x");
                await app.Page.Keyboard.PressAsync("s");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(2));
                await app.ExpectTodayAsync("No description");
                await app.ExpectNoDialogAsync();

                // The focus on the box itself does not get in the way of a letter.
                await choice.CheckAsync();
                await app.Page.Keyboard.PressAsync("x");
                await app.ExpectNothingRunningAsync();
            }
        );

    [Fact]
    public Task Description_ThatCannotBeStored_IsMarkedUntilThePersonTypesOn() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();

                await app.WriteAsync("HIDDEN plans");
                await app.Field.PressAsync("Enter");

                await Expect(app.Field).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(app.Field)
                    .ToHaveAccessibleDescriptionAsync(
                        new Regex("cannot begin with HIDDEN", RegexOptions.None, TimeSpan.FromSeconds(1))
                    );
                await Expect(app.Dialog.GetByRole(AriaRole.Alert).First).ToContainTextAsync("cannot begin with HIDDEN");

                await app.Field.PressAsync("Home");
                await app.Page.Keyboard.TypeAsync("Un");

                await Expect(app.Field).ToHaveAttributeAsync("aria-invalid", "false");
                await Expect(app.Field).ToHaveAccessibleDescriptionAsync("No tags");
                await Expect(app.Page.GetByText("cannot begin with HIDDEN")).ToHaveCountAsync(0);
                await app.ExpectNothingRunningAsync();
            }
        );

    [Fact]
    public Task SyncState_OnAPhone_IsToldByIconAndWordsOpensByATapAndMovesNothing() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var page = app.Page;
                await page.SetViewportSizeAsync(390, 844);
                await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
                var details = page.GetByRole(AriaRole.Button, new() { Name = "Details", Exact = true });
                var line = page.Locator(".sync-line");
                var top = await TopOfMainAsync(page);
                await Expect(line).ToHaveClassAsync("sync-line is-saved");

                await page.RouteAsync("**/api/v2/**", route => route.AbortAsync());
                await app.StartAsync("In the tunnel #travel");
                await app.ExpectOfflineAsync();
                await Expect(line).ToHaveClassAsync("sync-line is-offline");
                Assert.Equal(top, await TopOfMainAsync(page));
                await Axe.ExpectNoViolationsAsync(page);

                await Expect(details).ToHaveAttributeAsync("aria-expanded", "false");
                await page.GetByText("Offline.").ClickAsync(new() { Force = true });
                await Expect(details).ToHaveAttributeAsync("aria-expanded", "true");
                await Expect(page.GetByText("Waiting to be sent")).ToBeVisibleAsync();

                // A request that gets no answer: the ring is there, and does not turn for who does not want it to.
                await page.UnrouteAsync("**/api/v2/**");
                var hold = new TaskCompletionSource();
                await page.RouteAsync(
                    "**/api/v2/**",
                    async route =>
                    {
                        await hold.Task;
                        await route.ContinueAsync();
                    }
                );
                await page.GetByRole(AriaRole.Button, new() { Name = "Sync now" }).ClickAsync();
                await Expect(line).ToHaveClassAsync("sync-line is-busy");
                await Expect(line.Locator(".ring")).ToHaveCSSAsync("animation-iteration-count", "1");
                hold.SetResult();
                await app.ExpectAllSavedAsync();
            }
        );

    private static Task<double> TopOfMainAsync(IPage page) =>
        page.EvaluateAsync<double>("() => document.querySelector('main').getBoundingClientRect().top + scrollY");
}
