using Xunit;

namespace TimeTagger.Browser.Tests;

public sealed class SyncStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Edit_WhileTheServerIsDown_WaitsAndThenArrives() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await story.Product.KillAsync();

                await app.StartAsync("On the train #travel");
                await app.ExpectWaitingAsync(1);
                await app.ExpectOfflineAsync();

                await story.Product.StartAsync();
                await app.ExpectAllSavedAsync();
                var other = await story.SignedInAsync();
                await other.ExpectTodayAsync("On the train #travel");
            }
        );

    [Fact]
    public Task Edit_WhileTheServerIsDownAndThePageIsClosed_ArrivesWhenItIsOpenedAgain() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await story.Product.KillAsync();
                await app.StartAsync("Before the battery died #travel");
                await app.ExpectWaitingAsync(1);
                await app.Page.CloseAsync();

                await story.Product.StartAsync();
                var again = new AppPage(await app.Page.Context.NewPageAsync());
                await again.Page.GotoAsync("/app/");
                await again.ExpectAllSavedAsync();

                var other = await story.SignedInAsync();
                await other.ExpectTodayAsync("Before the battery died #travel");
            }
        );

    [Fact]
    public Task Edits_InTwoBrowsers_ReachEachOther() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var desk = await story.SignedInAsync();
                var phone = await story.SignedInAsync();

                await desk.StartAsync("At the desk #work");
                await phone.ExpectRunningAsync("At the desk #work");
                await phone.ExpectTodayAsync("At the desk #work");

                await phone.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await phone.StopAsync();
                await desk.ExpectNothingRunningAsync();

                await phone.StartAsync("On the way home #travel");
                await desk.ExpectRunningAsync("On the way home #travel");
                await desk.ExpectTodayAsync("On the way home #travel", "At the desk #work");
            }
        );
}
