using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a person is told, and keeps, when the browser loses the app's database.</summary>
public sealed class DatabaseStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Database_EmptiedByTheBrowser_IsSaidAndFilledAgainWithWhatWaited() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("Safe at the server #store");
                await app.ExpectAllSavedAsync();
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await app.Page.RouteAsync("**/api/v2/*", route => route.AbortAsync());
                await app.StartAsync("Only in this browser #store");
                await app.ExpectWaitingAsync(2);

                await app.Page.GotoAsync("/login");
                await app.Page.EvaluateAsync(
                    """
                    async () => {
                      for (const { name } of await indexedDB.databases())
                        await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
                    }
                    """
                );
                await app.Page.UnrouteAsync("**/api/v2/*");
                await app.Page.GotoAsync("/app/");

                await Expect(app.Page.GetByText("This browser has lost the records it kept here."))
                    .ToContainTextAsync("2 changes that had not been sent could be saved");
                await app.ExpectAllSavedAsync();
                await app.ExpectTodayAsync("Only in this browser #store", "Safe at the server #store");
                await app.Button("I have read this").ClickAsync();
                await app.ReloadAsync();
                await Expect(app.Page.GetByText("This browser has lost")).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task Database_TakenAwayWhileThePageIsOpen_IsSaidAndWhatWaitedIsKept() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.RouteAsync("**/api/v2/*", route => route.AbortAsync());
                await app.StartAsync("Only in this page #store");

                await TakeAwayAsync(app.Page);

                await Expect(app.Page.GetByText("This browser has lost the records it kept here.")).ToBeVisibleAsync();
                await app.ExpectTodayAsync("Only in this page #store");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await app.StartAsync("In the new database #store");
                await app.Page.UnrouteAsync("**/api/v2/*");
                await app.ReloadAsync();
                await app.ExpectTodayAsync("In the new database #store", "Only in this page #store");
                var other = await story.SignedInAsync();
                await other.ExpectTodayAsync("In the new database #store", "Only in this page #store");
            }
        );

    [Fact]
    public Task Database_TakenAwayFromSomebodyWhoHasSignedOut_IsNotMadeAnew() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.RouteAsync("**/api/v2/*", route => route.AbortAsync());
                await app.StartAsync("Not for the next person #store");

                // This page itself is not told by the browser that it has signed out, as it is not while it sleeps.
                await app.Page.EvaluateAsync("localStorage.removeItem('timetagger_auth_info')");
                await TakeAwayAsync(app.Page);

                await Expect(app.Page.GetByText("This browser has closed the place where it keeps your records."))
                    .ToBeVisibleAsync();
                // The page would have tried three times by now.
                await app.Page.WaitForTimeoutAsync(3000);
                Assert.Empty(
                    await app.Page.EvaluateAsync<string[]>(
                        "async () => (await indexedDB.databases()).map(({ name }) => name)"
                    )
                );
            }
        );

    [Fact]
    public Task Database_ChangedByANewerPage_IsSaidAndThisOneNoLongerKeepsOthersFromSyncing() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                Assert.Equal(1, await LeadersAsync(app.Page));
                var newer = await app.Page.Context.NewPageAsync();
                await newer.GotoAsync("/login");

                await newer.EvaluateAsync(
                    """
                    async () => {
                      const [{ name, version }] = await indexedDB.databases();
                      await new Promise((done) => (indexedDB.open(name, version + 1).onsuccess = done));
                    }
                    """
                );

                await Expect(app.Page.GetByText("A newer version of TimeTagger is open in another tab."))
                    .ToBeVisibleAsync();
                Assert.Equal(0, await LeadersAsync(app.Page));
                await app.Page.EvaluateAsync("() => document.dispatchEvent(new Event('resume'))");
                Assert.Equal(0, await LeadersAsync(app.Page));
            }
        );

    [Fact]
    public Task Disk_ThatIsFull_IsSaidInTheDialogAndWhatWasTypedStays() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                // Chromium lets small writes through whatever the quota is, so the disk's answer is given here.
                await app.Page.EvaluateAsync(
                    """
                    () => {
                      const put = IDBObjectStore.prototype.put;
                      IDBObjectStore.prototype.put = function () {
                        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
                      };
                      globalThis.makeRoom = () => (IDBObjectStore.prototype.put = put);
                    }
                    """
                );
                await app.WriteAsync("Does not fit #store");

                await app.Submit.ClickAsync();

                await Expect(app.Dialog.GetByText("this browser has no more room for it")).ToBeVisibleAsync();
                await Expect(app.Field).ToHaveValueAsync("Does not fit #store");
                await app.Page.EvaluateAsync("() => void makeRoom()");
                await app.Submit.ClickAsync();
                await app.ExpectNoDialogAsync();
                await app.ExpectRunningAsync("Does not fit #store");
                await app.ExpectAllSavedAsync();
            }
        );

    private static Task<int> LeadersAsync(IPage page) =>
        page.EvaluateAsync<int>(
            "async () => (await navigator.locks.query()).held.filter(({ name }) => name.endsWith(':leader')).length"
        );

    // As "clear browsing data" does it.
    private static async Task TakeAwayAsync(IPage page)
    {
        var developer = await page.Context.NewCDPSessionAsync(page);
        await developer.SendAsync(
            "Storage.clearDataForOrigin",
            new() { ["origin"] = new Uri(page.Url).GetLeftPart(UriPartial.Authority), ["storageTypes"] = "indexeddb" }
        );
    }
}
