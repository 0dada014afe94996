using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>How the dialog of a record is at hand: suggestions, other ways to write, small screens, and for everybody.</summary>
public sealed class RecordDialogUseStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Suggestions_ByKeyboard_AreMovedThroughTakenAndClosed() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var (page, option) = (app.Page, app.Dialog.GetByRole(AriaRole.Option));
                await page.Keyboard.PressAsync("s");
                await page.Keyboard.TypeAsync("Sketch #dra");
                await Expect(option.First).ToContainTextAsync("#drawing");
                await Expect(app.Dialog.Locator("[aria-selected=true]")).ToHaveCountAsync(0);
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(option.First).ToHaveAttributeAsync("aria-selected", "true");
                await page.Keyboard.PressAsync("Enter");
                await Expect(app.Field).ToHaveValueAsync("Sketch #drawing ");
                await Expect(option).ToHaveCountAsync(0);

                await page.Keyboard.TypeAsync("#har");
                await Expect(option.First).ToContainTextAsync("#harbour");
                await page.Keyboard.PressAsync("Escape");
                await Expect(option).ToHaveCountAsync(0);
                await Expect(app.Field).ToHaveValueAsync("Sketch #drawing #har");
                await page.Keyboard.TypeAsync("b");
                await page.Keyboard.PressAsync("ArrowDown");
                await page.Keyboard.PressAsync("Tab");
                await Expect(app.Field).ToHaveValueAsync("Sketch #drawing #harbour ");

                // What is new stays as it is typed, and needs no second Enter.
                await page.Keyboard.TypeAsync("#har");
                await Expect(option.First).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Enter");
                await app.ExpectRunningAsync("Sketch #drawing #harbour #har");
            }
        );

    [Fact]
    public Task Suggestions_ByMouseAndByFinger_AreTaken() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var option = app.Dialog.GetByRole(AriaRole.Option);
                await app.StartButton.ClickAsync();
                await app.Field.PressSequentiallyAsync("Sketch #dra");
                await option.First.ClickAsync();
                await Expect(app.Field).ToHaveValueAsync("Sketch #drawing ");
                await Expect(app.Field).ToBeFocusedAsync();

                await app.Button("Tags").TapAsync();
                await option.Filter(new() { HasText = "#office" }).TapAsync();
                await Expect(app.Field).ToHaveValueAsync("Sketch #drawing #office ");
                await app.Button("Recent").TapAsync();
                await Expect(option.First).ToBeVisibleAsync();
                await app.Dialog.GetByRole(AriaRole.Heading).TapAsync();
                await Expect(option).ToHaveCountAsync(0);
            },
            new() { HasTouch = true }
        );

    [Fact]
    public Task Composition_ByAnInputMethod_IsLeftAlone() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.StartButton.ClickAsync();
                var devTools = await app.Page.Context.NewCDPSessionAsync(app.Page);
                await devTools.SendAsync(
                    "Input.imeSetComposition",
                    new()
                    {
                        ["text"] = "にほん",
                        ["selectionStart"] = 3,
                        ["selectionEnd"] = 3,
                    }
                );
                await app.Page.Keyboard.PressAsync("Enter");
                await app.Page.Keyboard.PressAsync("Escape");
                await Expect(app.Field).ToHaveValueAsync("にほん");
                await app.ExpectNothingRunningAsync();

                await devTools.SendAsync("Input.insertText", new() { ["text"] = "日本" });
                await app.Page.Keyboard.PressAsync("Enter");
                await app.ExpectRunningAsync("日本");
            }
        );

    [Fact]
    public Task Dialog_InItsStates_HasNoViolations() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.StartButton.ClickAsync();
                await Axe.ExpectNoViolationsAsync(app.Page);
                await app.Button("Tags").ClickAsync();
                await Axe.ExpectNoViolationsAsync(app.Page);
                await app.Field.FillAsync("https://example.org #nobodyknowsit");
                await app.Choice("Already done").CheckAsync();
                await app.Started.FillAsync("25:61");
                await Axe.ExpectNoViolationsAsync(app.Page);
                await app.Page.Keyboard.PressAsync("Escape");
                await Axe.ExpectNoViolationsAsync(app.Page);
                await app.Button("Discard").ClickAsync();
                await app.StartAsync("One #mine");
                await app.OpenAsync("One #mine");
                await app.Choice("Stopped").CheckAsync();
                await app.Button("Throw away").ClickAsync();
                await Axe.ExpectNoViolationsAsync(app.Page);
            }
        );

    [Fact]
    public Task Problem_OnASmallPhone_IsShownWithItsFieldWhenItIsSubmitted() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.WriteAsync("On the way #mine");
                await app.Choice("Already done").CheckAsync();
                await app.Started.FillAsync("25:61");
                await app.Dialog.EvaluateAsync("dialog => dialog.scrollTo(0, 0)");
                Assert.InRange(await AboveFootAsync(app, "#problem-start"), -400, 0);

                await app.Page.Keyboard.PressAsync("Enter");
                await Expect(app.Started).ToBeFocusedAsync();
                await Expect(app.Started).ToBeInViewportAsync(new() { Ratio = 1 });
                Assert.InRange(await AboveFootAsync(app, "#problem-start"), 0, 400);
            },
            new()
            {
                // As much as a keyboard leaves of a phone, or a small one without.
                ViewportSize = new() { Width = 320, Height = 500 },
                HasTouch = true,
                IsMobile = true,
            }
        );

    /// <summary>How far something in the dialog ends above its foot, in pixels; less than 0 is behind it, or below.</summary>
    private static Task<double> AboveFootAsync(AppPage app, string selector) =>
        app.Dialog.EvaluateAsync<double>(
            """
            (dialog, selector) => dialog.querySelector("footer").getBoundingClientRect().top
              - dialog.querySelector(selector).getBoundingClientRect().bottom
            """,
            selector
        );

    [Theory]
    [InlineData(320, 568)]
    [InlineData(568, 320)]
    [InlineData(390, 844)]
    public Task Dialog_OnAPhone_FitsAndKeepsItsFootInSight(int width, int height) =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.WriteAsync("On the way #mine");
                await app.Choice("Already done").CheckAsync();

                await Expect(app.Submit).ToBeInViewportAsync(new() { Ratio = 1 });
                var small = await app.Page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll(".record-dialog :is(button, input, a)")]
                      .filter((element) => element.checkVisibility())
                      .map((element) => [element.getBoundingClientRect(), element.outerHTML])
                      .filter(([{ width, height }]) => width < 44 || height < 44)
                      .map(([, html]) => html)
                    """
                );
                Assert.Empty(small);
                var overflow = await app.Dialog.EvaluateAsync<int>("dialog => dialog.scrollWidth - dialog.clientWidth");
                Assert.Equal(0, overflow);
                await app.Submit.TapAsync();
                await app.ExpectAnnouncedAsync("Recorded: On the way #mine");
            },
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                HasTouch = true,
                IsMobile = true,
            }
        );
}
