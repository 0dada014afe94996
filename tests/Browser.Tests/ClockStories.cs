using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a person sees, and keeps, where the clock of a device is wrong.</summary>
public sealed class ClockStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly TimeSpan Wrong = TimeSpan.FromMinutes(5);

    [Fact]
    public Task Device_WhoseClockIsAhead_TracksByTheServersUnlessThePersonSaysOtherwise() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var context = await story.NewBrowserAsync();
                await context.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow + Wrong });
                var page = await context.NewPageAsync();
                await page.GotoAsync("/login");
                var app = await Story.SignInAsync(page);

                await Expect(page.GetByText("This device's clock is 5 min ahead.")).ToBeVisibleAsync();
                await app.StartAsync("By the server's clock");
                Assert.InRange((await StoredAsync(page))[0].Started - Now, -30, 5);

                await app.Button("This device's clock is right").ClickAsync();
                await Expect(page.GetByText("This device's clock is 5 min ahead.")).ToHaveCountAsync(0);
                await app.StartAsync("By its own");
                Assert.InRange((await StoredAsync(page))[0].Started - Now, 270, 305);
                await app.ReloadAsync();
                await app.ExpectRunningAsync("By its own");
                await Expect(page.GetByText("This device's clock is 5 min ahead.")).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task Record_ThatBeganInTheFuture_IsNotStoppedAsASecond() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var start = Now + 60;
                await StoreAsync(app.Page, start, start, "phone");
                await app.ReloadAsync();
                await Expect(app.Running).ToContainTextAsync("which has not come yet");

                await app.StopButton.ClickAsync();

                await Expect(app.Page.GetByText("“phone” was not stopped: its start cannot be right."))
                    .ToBeVisibleAsync();
                Assert.Equal([(start, start)], Times(await StoredAsync(app.Page)));

                await app.Button("Correct or delete").ClickAsync();
                await app.Choice("Stopped").ClickAsync();
                await Expect(app.Dialog.GetByText("By this clock it begins in the future.")).ToBeVisibleAsync();
                await app.Submit.ClickAsync();
                await Expect(app.Started).ToBeFocusedAsync();
                Assert.Equal([(start, start)], Times(await StoredAsync(app.Page)));
            }
        );

    [Fact]
    public Task Record_WrittenInMilliseconds_IsShownAsItIsAndCanBeDeleted() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var start = Now * 1000;
                await StoreAsync(app.Page, start, start, "ms");
                await app.ReloadAsync();

                await Expect(app.Running).ToContainTextAsync($"Its start, {start}, is no time that this app knows.");
                await app.StopButton.ClickAsync();
                await Expect(app.Page.GetByText("“ms” was not stopped")).ToBeVisibleAsync();
                Assert.Equal([(start, start)], Times(await StoredAsync(app.Page)));

                await app.Button("Correct or delete").ClickAsync();
                await app.Dialog.GetByRole(AriaRole.Button, new() { Name = "Throw away" }).ClickAsync();
                await app.Dialog.Locator("footer .danger").ClickAsync();
                await app.ExpectNothingRunningAsync();
            }
        );

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static IEnumerable<(long, long)> Times(IEnumerable<(long Started, long Stopped)> records) =>
        records.Select(record => (record.Started, record.Stopped));

    /// <summary>What this browser has, and sends: the latest start first.</summary>
    private static async Task<List<(long Started, long Stopped)>> StoredAsync(IPage page)
    {
        await Expect(page.GetByText("All changes saved")).ToBeVisibleAsync();
        var records = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const { token } = JSON.parse(localStorage.getItem("timetagger_auth_info"));
              const answer = await fetch("/api/v2/updates?since=0", { headers: { authtoken: token } });
              return (await answer.json()).records;
            }
            """
        );
        return
        [
            .. records
                .EnumerateArray()
                .Select(record => (record.GetProperty("t1").GetInt64(), record.GetProperty("t2").GetInt64()))
                .OrderByDescending(times => times.Item1),
        ];
    }

    private static async Task StoreAsync(IPage page, long started, long stopped, string words) =>
        await page.EvaluateAsync(
            """
            async ([t1, t2, ds]) => {
              const { token } = JSON.parse(localStorage.getItem("timetagger_auth_info"));
              const body = JSON.stringify([{ key: "elsewhere", mt: Math.floor(Date.now() / 1000), t1, t2, ds }]);
              await fetch("/api/v2/records", { method: "PUT", headers: { authtoken: token }, body });
            }
            """,
            new object[] { started, stopped, words }
        );
}
