using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a person does in the dialog of a record, by keys, mouse and finger.</summary>
public sealed class RecordDialogStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Start_EarlierAtTheEndOfTheLastRecord_BeginsThere() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.WriteAsync("Since then #mine");
                await app.Choice("Started earlier").CheckAsync();
                var proposed = await app.Started.InputValueAsync();
                await app.Started.FillAsync("12:00 pm");
                await app
                    .Page.GetByRole(AriaRole.Button, new() { Name = "At the end of the last record" })
                    .ClickAsync();
                await Expect(app.Started).ToHaveValueAsync(proposed);
                await app.Submit.ClickAsync();

                await app.ExpectRunningAsync("Since then #mine");
                await app.ExpectAnnouncedAsync("Started: Since then #mine");
                await Expect(app.Running).ToContainTextAsync($"since {proposed}");
            }
        );

    [Fact]
    public Task Stop_EarlierByTime_KeepsTheStart() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.WriteAsync("Forgotten #mine");
                await app.Choice("Started earlier").CheckAsync();
                await app.Started.FillAsync("11:00");
                await app.Submit.ClickAsync();
                await app.OpenAsync("Forgotten #mine");
                await Expect(app.Dialog).ToHaveAccessibleNameAsync("Edit running record");
                await app.Choice("Stopped").CheckAsync();
                await Expect(app.Dialog).ToHaveAccessibleNameAsync("Stop record");
                await app.Stopped.FillAsync("12:30");
                await app.Stopped.PressAsync("Enter");

                await app.ExpectNothingRunningAsync();
                await app.ExpectAnnouncedAsync("Stopped after 1 hr 30 min");
                await app.OpenAsync("Forgotten #mine");
                await Expect(app.Started).ToHaveValueAsync("11:00 AM");
                await Expect(app.Lasted)
                    .ToHaveValueAsync(new Regex("^1.h.30$", RegexOptions.None, TimeSpan.FromSeconds(1)));
            }
        );

    [Fact]
    public Task Edit_OfWordsAndTimes_IsSavedByControlAndEnter() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.OpenAsync("Drew the boathouse");
                await app.Field.FillAsync("Drew the boat #drawing");
                await app.Started.FillAsync("8:00");
                await app.Lasted.FillAsync("45");
                await app.Lasted.PressAsync("Control+Enter");

                await app.ExpectNoDialogAsync();
                await app.ExpectTodayAsync("Checked the pile plan", "Went through the post", "Drew the boat #drawing");
                await app.OpenAsync("Drew the boat #drawing");
                await Expect(app.Stopped).ToHaveValueAsync("8:45 AM");
                // Nothing has been changed, so Enter only closes it.
                await app.Field.PressAsync("Enter");
                await app.ExpectNoDialogAsync();
                await Expect(app.Page.GetByRole(AriaRole.Button, new() { Name = "Drew the boat #drawing" }))
                    .ToBeFocusedAsync();
            }
        );

    [Fact]
    public Task Delete_InTwoSteps_IsUndoneBesideWhatItDid() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.OpenAsync("Drew the boathouse");
                await app.Button("Delete").ClickAsync();
                await app.Button("Delete it").ClickAsync();

                await app.ExpectAnnouncedAsync("Deleted: Drew the boathouse");
                await app.ExpectTodayAsync("Checked the pile plan", "Went through the post");
                await Expect(app.StartButton).ToBeFocusedAsync();
                await app.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: " }).ClickAsync();
                await app.ExpectTodayAsync("Checked the pile plan", "Drew the boathouse", "Went through the post");
            }
        );

    [Fact]
    public Task Resume_OfARecord_StartsItAgainAndStopsWhatRuns() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                await app.StartAsync("In between #mine");
                await app.OpenAsync("Drew the boathouse");
                await app.Button("Resume").ClickAsync();

                await app.ExpectRunningAsync("Drew the boathouse");
                await Expect(app.Page.Locator(".records .record")).ToHaveCountAsync(5);
            }
        );

    [Fact]
    public Task Start_WhileAnotherRuns_SwitchesOrRunsBesideIt() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var running = app.Running.GetByRole(AriaRole.Listitem);
                await app.StartAsync("One #mine");
                await app.WriteAsync("Two #mine");
                await app.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Let what runs go on" }).CheckAsync();
                await app.Submit.ClickAsync();
                await Expect(running).ToHaveCountAsync(2);

                await app.StartAsync("Three #mine");
                await Expect(running).ToHaveCountAsync(1);
            }
        );

    [Fact]
    public Task Typed_ThenEscapeBackOrAPressOutside_IsAskedAboutAndKept() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var page = app.Page;
                await app.WriteAsync("Half a thought");
                Func<Task>[] ways =
                [
                    () => page.Keyboard.PressAsync("Escape"),
                    () => page.EvaluateAsync("() => history.back()"),
                    () => page.Mouse.ClickAsync(2, 2),
                    () => app.Button("Close").ClickAsync(),
                ];
                foreach (var leave in ways)
                {
                    await leave();
                    await Expect(app.Question).ToBeVisibleAsync();
                    await app.Button("Keep editing").ClickAsync();
                    await Expect(app.Question).ToHaveCountAsync(0);
                    await Expect(app.Field).ToHaveValueAsync("Half a thought");
                }

                // Text that is selected by dragging out of the dialog is no press outside.
                var field = (await app.Field.BoundingBoxAsync())!;
                await page.Mouse.MoveAsync(field.X + 60, field.Y + 20);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(2, 2);
                await page.Mouse.UpAsync();
                await Expect(app.Question).ToHaveCountAsync(0);

                await page.Keyboard.PressAsync("Escape");
                await app.Button("Discard").ClickAsync();
                await app.ExpectNoDialogAsync();
                await app.ExpectNothingRunningAsync();
                await Expect(app.StartButton).ToBeFocusedAsync();
            }
        );

    [Fact]
    public Task Record_ChangedInAnotherTabWhileItIsOpen_FollowsAndKeepsWhatIsTyped() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var here = await story.SignedInAsync();
                await here.StartAsync("Shared #tabs");
                var there = await Story.NewPageBesideAsync(here.Page, "/app/");
                await there.ExpectRunningAsync("Shared #tabs");
                await here.OpenAsync("Shared #tabs");
                await here.Field.FillAsync("My words #tabs");

                await there.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await there.StopAsync();
                await Expect(here.Dialog.GetByText("changed elsewhere meanwhile")).ToBeVisibleAsync();
                await Expect(here.Dialog).ToHaveAccessibleNameAsync("Edit record");
                await Expect(here.Field).ToHaveValueAsync("My words #tabs");
                await here.Submit.ClickAsync();

                await here.ExpectNoDialogAsync();
                await there.ExpectTodayAsync("My words #tabs");
                await there.ExpectNothingRunningAsync();
            }
        );

    [Fact]
    public Task Entries_ThatCannotBeTaken_AreExplainedAndKept() =>
        Story.TellOfDemoAsync(
            browser,
            async app =>
            {
                var tooLong = new string('x', 256);
                foreach (var (typed, said) in new[] { (tooLong, "one character too long"), ("HIDDEN", "HIDDEN") })
                {
                    await app.WriteAsync(typed);
                    await app.Field.PressAsync("Enter");
                    await Expect(app.Dialog.GetByRole(AriaRole.Alert).Filter(new() { HasText = said }))
                        .ToBeVisibleAsync();
                    await Expect(app.Field).ToHaveAttributeAsync("aria-invalid", "true");
                    await Expect(app.Field).ToHaveValueAsync(typed);
                    await Expect(app.Field).ToBeFocusedAsync();
                    await app.Page.Keyboard.PressAsync("Escape");
                    await app.Button("Discard").ClickAsync();
                }

                await app.WriteAsync("Long night");
                await app.Choice("Already done").CheckAsync();
                await app.Started.FillAsync("25:61");
                await app.Submit.ClickAsync();
                await Expect(app.Dialog.GetByText("“25:61” is no time of day.")).ToBeVisibleAsync();
                await Expect(app.Started).ToHaveValueAsync("25:61");
                await Expect(app.Started).ToBeFocusedAsync();
                await app.Started.FillAsync("12:00");
                await app.Stopped.FillAsync("11:00");
                await app.Submit.ClickAsync();
                await Expect(app.Dialog.GetByText("“11:00” is before the start.")).ToBeVisibleAsync();
                await app.Stopped.FillAsync("12:30");
                await app.Stopped.PressAsync("Enter");
                await app.ExpectAnnouncedAsync("Recorded: Long night");
            }
        );
}
