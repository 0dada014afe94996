using Xunit;

namespace TimeTagger.Browser.Tests;

public sealed class TimerStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Timer_StartedAndStopped_IsListedAlsoAfterAReload() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();

                await app.StartAsync("Read the post #office");
                await app.ExpectTodayAsync("Read the post #office");
                await app.ClockBeyondAsync(TimeSpan.Zero);
                await app.StopAsync();
                await app.ExpectNothingRunningAsync();
                await app.ExpectAllSavedAsync();
                await app.ReloadAsync();

                await app.ExpectTodayAsync("Read the post #office");
                await app.ExpectNothingRunningAsync();
            }
        );

    [Fact]
    public Task Timer_StartedWhileAnotherRuns_TakesItsPlace() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();

                await app.StartAsync("First #one");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await app.StartAsync("Second #two");

                await app.ExpectRunningAsync("Second #two");
                await app.ExpectTodayAsync("Second #two", "First #one");
                await app.ExpectAllSavedAsync();
            }
        );

    [Fact]
    public Task Start_DoubleClicked_StartsOneRecord() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();

                await app.StartButton.DblClickAsync();
                await app.Field.FillAsync("Only once #calm");
                await app.Submit.DblClickAsync();

                await app.ExpectRunningAsync("Only once #calm");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await app.ExpectTodayAsync("Only once #calm");
                await app.ExpectNoDialogAsync();
                await app.ExpectAllSavedAsync();
            }
        );

    [Fact]
    public Task Start_EnterHeldDown_StartsOneRecord() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();

                await app.WriteAsync("A heavy finger #calm");
                await app.Page.Keyboard.DownAsync("Enter");
                await app.ExpectRunningAsync("A heavy finger #calm");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await app.Page.Keyboard.DownAsync("Enter");
                await app.Page.Keyboard.UpAsync("Enter");

                await app.ClockBeyondAsync(TimeSpan.FromSeconds(2));
                await app.ExpectTodayAsync("A heavy finger #calm");
                await app.ExpectNoDialogAsync();
            }
        );

    [Fact]
    public Task Timer_RunningWhileTheServerIsKilled_RunsOn() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("Long work #deep");
                await app.ExpectAllSavedAsync();
                var before = await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));

                await story.Product.KillAsync();
                await story.Product.StartAsync();

                // A browser that has seen nothing of this knows it from the server alone.
                var other = await story.SignedInAsync();
                await other.ExpectRunningAsync("Long work #deep");
                var after = await other.ClockBeyondAsync(before);
                await other.ClockBeyondAsync(after);
                await app.ReloadAsync();
                await app.ExpectRunningAsync("Long work #deep");
                await app.ClockBeyondAsync(after);
            }
        );
}
