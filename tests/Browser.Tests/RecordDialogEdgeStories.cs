using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>The dialog of a record where it is crowded, hurried, or answered with no.</summary>
public sealed class RecordDialogEdgeStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new() { Width = 390, Height = 480 },
        HasTouch = true,
        IsMobile = true,
    };

    [Theory]
    [InlineData("Post")]
    [InlineData("Call #d")]
    public Task Tab_WithNothingChosen_KeepsWhatIsTypedAndGoesOn(string typed) =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var option = app.Dialog.GetByRole(AriaRole.Option);
                await app.Page.Keyboard.PressAsync("s");
                await app.Page.Keyboard.TypeAsync(typed);
                await Expect(option.First).ToBeVisibleAsync();

                await app.Page.Keyboard.PressAsync("Tab");

                await Expect(app.Field).ToHaveValueAsync(typed);
                await Expect(app.Button("Recent")).ToBeFocusedAsync();
                await Expect(option).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task Failure_OnASmallScreen_IsSaidInSight() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.SetViewportSizeAsync(390, 480);
                await app.Page.EvaluateAsync(
                    """
                    () => {
                      IDBObjectStore.prototype.put = function () {
                        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
                      };
                    }
                    """
                );
                await app.WriteAsync("Does not fit #store");
                await app.Choice("Already done").CheckAsync();
                await app.Dialog.EvaluateAsync("dialog => dialog.scrollTo(0, 0)");

                await app.Submit.ClickAsync();

                var notice = app.Dialog.GetByText("this browser has no more room for it");
                await Expect(notice).ToBeInViewportAsync(new() { Ratio = 1 });
                await Expect(app.Submit).ToBeInViewportAsync(new() { Ratio = 1 });
                await ExpectOnTopAsync(notice);
            }
        );

    [Fact]
    public Task Resume_OfWordsThatCannotBeStored_IsRefusedBesideThem() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.OpenAsync("Drew the boathouse");
                await app.Field.FillAsync("HIDDEN boathouse");
                await app.Button("Resume").ClickAsync();

                await Expect(app.Field).ToBeFocusedAsync();
                var why = app.Dialog.GetByText("A description cannot begin with HIDDEN");
                await Expect(why).ToBeInViewportAsync(new() { Ratio = 1 });
                await app.ExpectNothingRunningAsync();
            },
            Phone
        );

    [Fact]
    public Task Resume_OfARecordThatWasChanged_StoresTheChangesWithIt() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.OpenAsync("Drew the boathouse");
                await app.Field.FillAsync("Drew the roof #drawing");
                await app.Started.FillAsync("8:50");
                await app.Button("Resume").ClickAsync();

                await app.ExpectNoDialogAsync();
                await app.ExpectRunningAsync("Drew the roof");
                await Expect(app.Page.Locator(".records").GetByText("Drew the boathouse")).ToHaveCountAsync(0);
                await app.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: " }).ClickAsync();
                await app.ExpectNothingRunningAsync();
                await app.ExpectTodayAsync("Checked the pile plan", "Drew the boathouse", "Went through the post");
            }
        );

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(320, 568)]
    public Task Tags_AsTheyAreTyped_AreShownInALineThatKeepsItsPlace(int width, int height) =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var line = app.Dialog.Locator(".tag-line");
                await app.StartButton.ClickAsync();
                await Expect(line).ToHaveTextAsync("No tags");
                var before = await HeightAsync(app.Dialog);

                await app.Field.FillAsync("Sketch #drawing #Office");
                await Expect(line.Locator(".tag")).ToHaveTextAsync(["#drawing", "#office"]);
                await Expect(app.Field).ToHaveAccessibleDescriptionAsync("#drawing #office");
                await app.Field.FillAsync("#a " + string.Concat(Enumerable.Repeat("#untagged #a #somewhat-long ", 8)));
                await Expect(line).ToContainTextAsync("#a, #somewhat-long repeated · #untagged is no tag");
                await Expect(app.Dialog.Locator("[role=option]")).ToHaveCountAsync(0);

                Assert.Equal(before, await HeightAsync(app.Dialog));
                Assert.Equal(0, await WiderThanShownAsync(app));
                Assert.InRange(await PastFieldAsync(line.GetByRole(AriaRole.Status)), -600, 0);
            },
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
            }
        );

    [Fact]
    public Task Lists_WithWhatIsTyped_ShowItFirstAndBold() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.WriteAsync("dra");
                await app.Page.Keyboard.PressAsync("Escape"); // What is offered while a person types lies over the buttons.
                await app.Button("Tags").ClickAsync();
                var option = app.Dialog.GetByRole(AriaRole.Option);
                await Expect(option.First).ToContainTextAsync("#drawing");
                await Expect(option.First.Locator(".tag")).ToHaveCSSAsync("font-weight", "700");
                await Expect(option.Last.Locator(".tag")).ToHaveCSSAsync("font-weight", "500");
            }
        );

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1280, 720)]
    [InlineData(1280, 640)]
    [InlineData(390, 844)]
    public Task Dialog_WithManyLinks_ScrollsAndLetsNoListBeCutOff(int width, int height) =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.WriteAsync(string.Join(' ', Enumerable.Range(1, 15).Select(n => $"https://a.b/{n:00}")));
                await app.Choice("Already done").CheckAsync();
                foreach (var field in new[] { app.Started, app.Lasted })
                {
                    await field.FocusAsync();
                    await Expect(field).ToBeInViewportAsync(new() { Ratio = 1 });
                    await ExpectOnTopAsync(field);
                }
                await Expect(app.Submit).ToBeInViewportAsync(new() { Ratio = 1 });

                await app.Button("Tags").ClickAsync();
                await ExpectListBelowFieldAsync(app);
            },
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
            }
        );

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(600, 720)]
    public Task Suggestions_InASmallDialog_ReachOverItsEdge(int width, int height) =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.StartButton.ClickAsync();
                await app.Field.PressSequentiallyAsync("Sketch #");
                await ExpectListBelowFieldAsync(app);
            },
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
            }
        );

    [Fact]
    public Task List_OpenedByAFinger_IsClosedFirstByEscapeAndBack() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var option = app.Dialog.GetByRole(AriaRole.Option);
                await app.OpenAsync("Drew the boathouse");
                foreach (var list in new[] { "Recent", "Tags" })
                {
                    await app.Button(list).TapAsync();
                    await Expect(option.First).ToBeVisibleAsync();
                    await Expect(app.Field).Not.ToBeFocusedAsync();
                    if (list == "Recent")
                    {
                        await app.Page.Keyboard.PressAsync("Escape");
                    }
                    else
                    {
                        await app.Page.GoBackAsync();
                    }
                    await Expect(option).ToHaveCountAsync(0);
                    await Expect(app.Field).ToBeVisibleAsync();
                }
                await app.Page.GoBackAsync();
                await app.ExpectNoDialogAsync();
            },
            Phone
        );

    [Fact]
    public Task Delete_ByADoubleClick_AsksStill() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.OpenAsync("Drew the boathouse");
                await app.Button("Delete").DblClickAsync();
                await Expect(app.Button("Delete it")).ToBeVisibleAsync();
                await app.Button("Delete it").ClickAsync();
                await app.ExpectNoDialogAsync();
                await app.ExpectTodayAsync("Checked the pile plan", "Went through the post");
            }
        );

    private static Task<double> HeightAsync(ILocator element) =>
        element.EvaluateAsync<double>("element => element.getBoundingClientRect().height");

    private static Task<double> PastFieldAsync(ILocator element) =>
        element.EvaluateAsync<double>(
            """
            element => element.getBoundingClientRect().right
              - element.closest(".field").getBoundingClientRect().right
            """
        );

    private static Task<int> WiderThanShownAsync(AppPage app) =>
        app.Dialog.Locator(".content").EvaluateAsync<int>("content => content.scrollWidth - content.clientWidth");

    /// <summary>Nothing lies over the middle of it.</summary>
    private static async Task ExpectOnTopAsync(ILocator element) =>
        Assert.True(
            await element.EvaluateAsync<bool>(
                """
                element => {
                  const { left, top, width, height } = element.getBoundingClientRect();
                  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
                }
                """
            )
        );

    /// <summary>The list lies right below the field, as wide as that, and nothing covers or cuts it.</summary>
    private static async Task ExpectListBelowFieldAsync(AppPage app)
    {
        await Expect(app.Dialog.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        var off = await app.Dialog.EvaluateAsync<double[]>(
            """
            (dialog) => {
              const list = dialog.querySelector(".suggestions").getBoundingClientRect();
              const field = dialog.querySelector(".with-key").getBoundingClientRect();
              const atEnd = document.elementFromPoint(list.left + 40, Math.min(list.bottom, innerHeight) - 8);
              const isShown = atEnd?.closest(".suggestions") ? 0 : 100;
              return [list.top - field.bottom, list.left - field.left, list.right - field.right, isShown];
            }
            """
        );
        Assert.All(off[..2], each => Assert.InRange(each, -3, 6));
        Assert.InRange(off[2], -3, 18);
        Assert.Equal(0, off[3]);
    }
}
