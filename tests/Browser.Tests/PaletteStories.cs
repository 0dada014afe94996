using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>All actions in one list, found by their words.</summary>
public sealed class PaletteStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Palette_ByKeyboard_FindsStartsAndGivesTheFocusBack() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var (page, field) = (app.Page, Field(app.Page));
                await page.Keyboard.PressAsync("Control+k");
                await Expect(field).ToBeFocusedAsync();
                await Expect(Chosen(page)).ToHaveTextAsync(["StartS"]);

                await page.Keyboard.PressAsync("End");
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(Chosen(page)).ToContainTextAsync(["Start"]);
                await page.Keyboard.PressAsync("ArrowDown");
                await page.Keyboard.PressAsync("Home");
                await page.Keyboard.TypeAsync("EARLIER sta");
                await Expect(Options(page)).ToHaveTextAsync(["Start earlier"]);
                await Expect(field)
                    .ToHaveAttributeAsync("aria-activedescendant", await Options(page).GetAttributeAsync("id") ?? "");
                await page.Keyboard.PressAsync("Enter");

                await Expect(Palette(page)).ToHaveCountAsync(0);
                await Expect(app.Field).ToBeFocusedAsync();
                await Expect(app.Choice("Started earlier")).ToBeCheckedAsync();
                await page.Keyboard.TypeAsync("Letters #office");
                await page.Keyboard.PressAsync("Enter");
                await app.ExpectRunningAsync("Letters #office");
                await Expect(app.StartButton).ToBeFocusedAsync();
                await app.ExpectNoDialogAsync();
            }
        );

    [Fact]
    public Task Palette_WhatWasProposed_IsLeftWithoutAQuestion() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.StartAsync("Letters #office");
                await RunAsync(app.Page, "already");
                await Expect(app.Choice("Already done")).ToBeCheckedAsync();
                await app.Page.Keyboard.PressAsync("Escape");
                await app.ExpectNoDialogAsync();

                await RunAsync(app.Page, "stop earlier");
                await Expect(app.Choice("Stopped")).ToBeCheckedAsync();
                await app.Page.Keyboard.PressAsync("Escape");
                await app.ExpectNoDialogAsync();
                await app.ExpectRunningAsync("Letters #office");

                await RunAsync(app.Page, "throw");
                await Expect(app.Button("Delete it")).ToBeFocusedAsync();
                await app.Page.Keyboard.PressAsync("Enter");
                await app.ExpectNothingRunningAsync();
                await app.ExpectAnnouncedAsync("Deleted: Letters #office");
                await RunAsync(app.Page, "undo");
                await app.ExpectRunningAsync("Letters #office");
            }
        );

    [Fact]
    public Task Palette_WhatCannotBeDoneOrIsNotThere_SaysSoAndStaysOpen() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await page.Keyboard.PressAsync("Control+k");
                await page.Keyboard.TypeAsync("stop");
                await Expect(Chosen(page)).ToHaveAttributeAsync("aria-disabled", "true");
                await Expect(Chosen(page)).ToHaveAccessibleDescriptionAsync("Nothing is running.");
                await page.Keyboard.PressAsync("Enter");
                await Expect(Said(page)).ToHaveTextAsync("Nothing is running.");
                await Options(page).Last.ClickAsync(new() { Force = true });
                await Expect(Said(page)).ToHaveTextAsync("Nothing runs since before TimeTagger was last used.");

                await Field(page).FillAsync("fly");
                await Expect(Said(page)).ToHaveTextAsync("Nothing is called that. Try another word.");
                await page.Keyboard.PressAsync("Enter");
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(Palette(page)).ToBeVisibleAsync();
                await Axe.ExpectNoViolationsAsync(page);

                // What is typed is not worth a question.
                await page.Keyboard.PressAsync("Escape");
                await app.ExpectNoDialogAsync();
                await page.Keyboard.PressAsync("Control+k");
                await Expect(Field(page)).ToHaveValueAsync("");
                await page.GoBackAsync();
                await app.ExpectNoDialogAsync();
                await page.Keyboard.PressAsync("Control+k");
                await Expect(Palette(page)).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Control+k");
                await app.ExpectNoDialogAsync();
            }
        );

    [Fact]
    public Task Palette_ByMouse_OpensFromTheBarAndRunsWhatIsPressed() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await app.Button("All actions").ClickAsync();
                await Expect(Options(page).Filter(new() { HasText = "Sign out" })).ToHaveCountAsync(0);
                await Axe.ExpectNoViolationsAsync(page);
                await Options(page).Filter(new() { HasText = "Theme: dark" }).ClickAsync();
                await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
                await app.ExpectAnnouncedAsync("Theme: dark");
                await Expect(app.Button("All actions")).ToBeFocusedAsync();

                await app.Button("All actions").ClickAsync();
                await Options(page).Filter(new() { HasText = "Language: Deutsch" }).ClickAsync();
                await Expect(app.Button("Alle Aktionen")).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Control+k");
                await page.Keyboard.TypeAsync("FRUHER start");
                await Expect(Options(page)).ToHaveTextAsync(["Früher starten"]);
            }
        );

    [Fact]
    public Task Palette_ByFinger_IsASheetWithoutAKeyboardOverIt() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await app.Button("All actions").TapAsync();
                await Expect(Palette(page)).ToBeVisibleAsync();
                await Expect(Field(page)).Not.ToBeFocusedAsync();
                await Expect(Palette(page).Locator("kbd:visible")).ToHaveCountAsync(0);
                Assert.Empty(await SmallAsync(page));
                await Options(page).Filter(new() { HasText = "Add what is already done" }).TapAsync();
                await Expect(app.Choice("Already done")).ToBeCheckedAsync();
            },
            Phone
        );

    [Fact]
    public Task Palette_WhileSomethingElseIsUsed_OpensFromFieldsButNotFromDialogs() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await app.StartButton.ClickAsync();
                await app.Field.PressAsync("Control+k");
                await Expect(Palette(page)).ToHaveCountAsync(0);
                await page.Keyboard.PressAsync("Escape");

                await page.GetByLabel("Language", new() { Exact = true }).FocusAsync();
                await page.Keyboard.PressAsync("Control+k");
                await Expect(Palette(page)).ToBeVisibleAsync();
                var devTools = await page.Context.NewCDPSessionAsync(page);
                await devTools.SendAsync(
                    "Input.imeSetComposition",
                    new()
                    {
                        ["text"] = "sta",
                        ["selectionStart"] = 3,
                        ["selectionEnd"] = 3,
                    }
                );
                await page.Keyboard.PressAsync("Enter");
                await page.Keyboard.PressAsync("Escape");
                await Expect(Palette(page)).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task Palette_SignedIn_HasTheWaysOutWhichBackDoesNotSpoil() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await RunAsync(app.Page, "account");
                await app.Page.WaitForPathAsync("/account");
                await app.Page.GoBackAsync();
                await app.ExpectAllSavedAsync();
                await app.ExpectNoDialogAsync();
                await RunAsync(app.Page, "log out");
                await app.Page.WaitForPathAsync("/");
            }
        );

    [Fact]
    public Task Help_ByItsKey_HasEveryActionAndTheSwitchOfSingleKeys() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await page.Keyboard.PressAsync("?");
                await Expect(Help(page)).ToBeVisibleAsync();
                var rows = Help(page).GetByRole(AriaRole.Row);
                await Expect(rows.Filter(new() { HasText = "Start the last again" })).ToContainTextAsync("Shift");
                await Expect(rows.Filter(new() { HasText = "Finds any of these" })).ToContainTextAsync("Ctrl");
                await Expect(Help(page).GetByText("Sign out")).ToHaveCountAsync(0);
                await Axe.ExpectNoViolationsAsync(page);

                await Help(page).GetByRole(AriaRole.Checkbox).UncheckAsync();
                await Expect(Help(page).GetByRole(AriaRole.Status)).ToContainTextAsync("switched off");
                await Expect(rows.Filter(new() { HasText = "Start the last again" })).Not.ToContainTextAsync("Shift");
                await Axe.ExpectNoViolationsAsync(page);
                await page.Keyboard.PressAsync("Escape");
                await app.ExpectNoDialogAsync();
                await page.Keyboard.PressAsync("?");
                await app.ExpectNoDialogAsync();

                await RunAsync(page, "help");
                await Help(page).GetByRole(AriaRole.Checkbox).CheckAsync();
                await page.GoBackAsync();
                await app.ExpectNoDialogAsync();
                await page.Keyboard.PressAsync("?");
                await Help(page).GetByRole(AriaRole.Link, new() { Name = "Read the guide" }).ClickAsync();
                await page.WaitForPathAsync("/guide");
            }
        );

    [Fact]
    public Task Help_OnAPhone_SaysNothingOfKeys() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await app.Button("All actions").TapAsync();
                await Options(page).Filter(new() { HasText = "Help" }).TapAsync();
                await Expect(Help(page)).ToBeVisibleAsync();
                await Expect(Help(page).Locator("kbd:visible")).ToHaveCountAsync(0);
                await Expect(Help(page).GetByText("Keys in dialogs")).ToBeHiddenAsync();
                Assert.Empty(await SmallAsync(page));
            },
            Phone
        );

    private static BrowserNewContextOptions Phone =>
        new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            HasTouch = true,
            IsMobile = true,
        };

    private static ILocator Palette(IPage page) => page.Locator("dialog.palette");

    private static ILocator Help(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Help" });

    private static ILocator Field(IPage page) => Palette(page).GetByRole(AriaRole.Combobox);

    private static ILocator Options(IPage page) => Palette(page).GetByRole(AriaRole.Option);

    private static ILocator Chosen(IPage page) => Palette(page).Locator("[aria-selected=true]");

    private static ILocator Said(IPage page) => Palette(page).GetByRole(AriaRole.Status);

    private static async Task RunAsync(IPage page, string words)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Field(page).FillAsync(words);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Palette(page)).ToHaveCountAsync(0);
    }

    /// <summary>What is too small for a finger.</summary>
    private static Task<string[]> SmallAsync(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("dialog :is(button, input, a, [role=option])")]
              .filter((element) => element.checkVisibility())
              .map((element) => [element.getBoundingClientRect(), element.outerHTML])
              .filter(([{ width, height }]) => width < 44 || height < 44)
              .map(([, html]) => html)
            """
        );
}
