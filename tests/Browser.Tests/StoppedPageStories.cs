using System.Runtime.CompilerServices;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Browser.Tests;

/// <summary>Tabs that the browser stops to save energy, and tabs that do not answer: they hold up nobody.</summary>
public sealed class StoppedPageStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Stopped_AndTakenUpAgain_GoesOnWithWhatOthersDid() =>
        InTwoTabsAsync(
            async (first, second) =>
            {
                await first.FreezeAsync(true);
                await StartAsync(second, "While the other slept");
                await second.UntilAsync(Saved);
                await first.FreezeAsync(false);

                await first.UntilAsync(Shows("While the other slept"));
                await StartAsync(first, "Awake again");
                await first.UntilAsync(Saved);
                await second.UntilAsync(Shows("Awake again"));
            }
        );

    [Fact]
    public Task SignOut_BesideATabThatIsStopped_LeavesNothingAndTheTabShowsNothingMore() =>
        InTwoTabsAsync(
            async (first, second) =>
            {
                await first.FreezeAsync(true);
                await second.EvaluateAsync("document.getElementById('action-sign-out').click()");
                await second.UntilAsync("location.pathname === '/'");

                Assert.Equal("[]", await second.EvaluateAsync("indexedDB.databases().then(JSON.stringify)"));
                await first.FreezeAsync(false);
                await first.UntilAsync("location.pathname === '/login'");
            }
        );

    [Fact]
    public Task SignOut_BesideATabThatDoesNotAnswer_LeavesAnEmptyDatabase() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var second = await story.SignedInAsync();
                await second.StartAsync("Nobody else's business");
                await second.ExpectAllSavedAsync(); // else signing out asks about what waits
                var first = await second.Page.Context.NewPageAsync();
                // It keeps its database open, whoever wants to delete it.
                await first.GotoAsync("/login");
                var left = await first.EvaluateHandleAsync(
                    """
                    async () => {
                      const [{ name }] = await indexedDB.databases();
                      return new Promise((opened) => {
                        const request = indexedDB.open(name);
                        request.onsuccess = () => opened(request.result);
                      });
                    }
                    """
                );

                await second.Button("Sign out").ClickAsync();
                await second.Page.WaitForPathAsync("/");

                var items = await left.EvaluateAsync<int>(
                    """
                    async (db) => {
                      const stores = ["records", "settings", "outbox"];
                      const tx = db.transaction(stores);
                      const counts = stores.map((store) => new Promise((counted) => {
                        const request = tx.objectStore(store).count();
                        request.onsuccess = () => counted(request.result);
                      }));
                      return (await Promise.all(counts)).reduce((sum, count) => sum + count);
                    }
                    """
                );
                Assert.Equal(0, items);
                await second.Page.GotoAsync("/app/");
                await second.Page.WaitForPathAsync("/login");
            }
        );

    private const string Saved = "document.body.innerText.includes('All changes saved')";

    private static string Shows(string text) => $"document.body.innerText.includes('{text}')";

    /// <summary>Lets a person sign in in a tab, and open the app in a second one that hides it.</summary>
    private Task InTwoTabsAsync(Func<PlainTab, PlainTab, Task> steps, [CallerMemberName] string name = "") =>
        Story.TellAsync(
            browser,
            async story =>
            {
                using var profile = new TemporaryFolder();
                await using var chromium = await ChromiumProcess.StartAsync(profile.Path);
                using var first = await PlainTab.OpenAsync(chromium, $"{story.Product.Address}/login");
                await first.UntilAsync("document.getElementById('sign-in-here') !== null");
                await first.EvaluateAsync("document.getElementById('sign-in-here').click()");
                await first.UntilAsync($"location.pathname === '/app/' && {Saved}");
                using var second = await PlainTab.OpenAsync(chromium, $"{story.Product.Address}/app/");
                await second.UntilAsync(Saved);
                await first.UntilAsync("document.visibilityState === 'hidden'");
                await steps(first, second);
            },
            name: name
        );

    private static async Task StartAsync(PlainTab tab, string description)
    {
        await tab.EvaluateAsync("document.getElementById('action-start').click()");
        await tab.UntilAsync("document.querySelector('.record-dialog [role=combobox]') !== null");
        await tab.EvaluateAsync(
            $$"""
            (() => {
              const field = document.querySelector(".record-dialog [role=combobox]");
              field.value = "{{description}}";
              field.dispatchEvent(new InputEvent("input", { bubbles: true }));
              document.querySelector(".record-dialog [type=submit]").click();
            })()
            """
        );
        await tab.UntilAsync(Shows(description));
    }
}
