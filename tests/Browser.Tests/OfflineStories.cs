using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>The app without a server, and how it comes by newer versions.</summary>
public sealed class OfflineStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task App_OpenedOnce_StartsWithoutAServer() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("Before the tunnel #travel");
                await app.ExpectAllSavedAsync();
                await ExpectKeptAsync(app.Page);
                await story.Product.KillAsync();

                foreach (var address in (string[])["/app/", "/app/?action=nothing", "/app/demo", "/app/sandbox"])
                {
                    var page = await app.Page.Context.NewPageAsync();
                    await page.GotoAsync(address);
                    await Expect(new AppPage(page).StartButton).ToBeVisibleAsync();
                    await page.CloseAsync();
                }
                await app.Page.ReloadAsync();
                await app.ExpectTodayAsync("Before the tunnel #travel");
                await app.StopAsync();
                await app.ExpectWaitingAsync(1);
                await app.ExpectOfflineAsync();

                await story.Product.StartAsync();
                await app.ExpectAllSavedAsync();
            }
        );

    [Fact]
    public Task Worker_Api_IsNeverKept() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await ExpectKeptAsync(app.Page);
                await app.Page.ReloadAsync();
                await app.StartAsync("Seen by the server");
                await app.ExpectAllSavedAsync();
                await app.Page.EvaluateAsync(
                    "async () => { await fetch('/status'); await fetch('/api/v2/updates?since=0'); }"
                );

                var kept = await app.Page.EvaluateAsync<string[]>(
                    """
                    async () => {
                      const names = await caches.keys();
                      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
                      return requests.flat().map(({ url }) => new URL(url).pathname);
                    }
                    """
                );

                Assert.Contains("/app/", kept);
                Assert.Contains("/config.json", kept);
                Assert.DoesNotContain(
                    kept,
                    path => path.StartsWith("/api", StringComparison.Ordinal) || path == "/status"
                );

                await story.Product.KillAsync();
                var answered = await app.Page.EvaluateAsync<bool>(
                    "() => fetch('/api/v2/updates?since=0').then(() => true, () => false)"
                );
                Assert.False(answered);
            }
        );

    [Fact]
    public Task Update_WhileThePersonWrites_IsOfferedAndTakenWhenTheyChoose() =>
        TellOfVersionsAsync(
            async (story, versions) =>
            {
                var app = await story.SignedInAsync();
                await ExpectKeptAsync(app.Page);
                var other = await Story.NewPageBesideAsync(app.Page, "/app/");
                await other.ExpectAllSavedAsync();
                await other.WriteAsync("Half a thought");
                // One that was opened just now, and in which nobody does anything, would not ask.
                await app.Page.WaitForFunctionAsync("() => performance.now() > 3500");
                await other.Page.WaitForFunctionAsync("() => performance.now() > 3500");

                await PublishAsync(story, versions, "second");
                await app.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

                await Expect(Offer(app.Page)).ToBeVisibleAsync();
                await ExpectVersionAsync(app.Page, "first");

                await Offer(app.Page).ClickAsync();
                await ExpectVersionAsync(app.Page, "second");
                await app.ExpectAllSavedAsync();
                // The other window keeps what is in it, and may follow.
                await ExpectVersionAsync(other.Page, "first");
                await Expect(other.Field).ToHaveValueAsync("Half a thought");
                // Behind a dialog nobody could take the offer: it waits.
                await Expect(Offer(other.Page)).ToHaveCountAsync(0);
                Assert.Equal(2, (await CachesAsync(app.Page)).Length);

                await other.Page.Keyboard.PressAsync("Escape");
                await other.Button("Discard").ClickAsync();
                await Offer(other.Page).ClickAsync();
                await ExpectVersionAsync(other.Page, "second");
                await other.Page.CloseAsync();
                await app.Page.ReloadAsync();
                await app.ExpectAllSavedAsync();
                await ExpectCachesAsync(app.Page, "timetagger-app-second");
            }
        );

    [Fact]
    public Task Update_FoundAtTheStart_IsTakenAtOnce() =>
        TellOfVersionsAsync(
            async (story, versions) =>
            {
                var app = await story.SignedInAsync();
                await ExpectKeptAsync(app.Page);
                await PublishAsync(story, versions, "second");

                await OpenAgainAndStayJustOpenedAsync(app.Page);

                await ExpectVersionAsync(app.Page, "second");
                await ExpectCachesAsync(app.Page, "timetagger-app-second");
            }
        );

    [Theory]
    [InlineData("/assets/not-there.js")]
    [InlineData("/privacy")] // is there, with another content than the worker knows
    public Task Update_ThatIsNotWhole_LeavesTheVersionThatIsThere(string wrong) =>
        TellOfVersionsAsync(
            async (story, versions) =>
            {
                var app = await story.SignedInAsync();
                await ExpectKeptAsync(app.Page);
                await PublishAsync(story, versions, "torn", wrong);
                var failed = app.Page.EvaluateAsync<string>(
                    """
                    async () => {
                      const registration = await navigator.serviceWorker.ready;
                      await registration.update();
                      const worker = registration.installing;
                      while (worker.state === "installing") {
                        await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
                      }
                      return worker.state;
                    }
                    """
                );
                Assert.Equal("redundant", await failed);

                await ExpectCachesAsync(app.Page, "timetagger-app-first");
                await story.Product.KillAsync();
                await app.Page.ReloadAsync();
                await ExpectVersionAsync(app.Page, "first");

                // Once it is whole, it is taken.
                await PublishAsync(story, versions, "whole");
                await OpenAgainAndStayJustOpenedAsync(app.Page);
                await ExpectVersionAsync(app.Page, "whole");
            }
        );

    [Fact]
    public Task Action_AskedForFromOutside_IsDoneOnce() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("To be stopped by a notification");
                await app.Page.EvaluateAsync(
                    """
                    () => navigator.serviceWorker.dispatchEvent(
                      new MessageEvent("message", { data: { type: "notificationclick", action: "stop" } }))
                    """
                );
                await app.ExpectNothingRunningAsync();

                await app.StartAsync("To be stopped by an address");
                await app.ExpectAllSavedAsync();
                await app.Page.GotoAsync("/app/?action=stop");
                await app.ExpectNothingRunningAsync();
                await Expect(app.Page).ToHaveURLAsync(new Uri(new Uri(story.Product.Address), "/app/").AbsoluteUri);

                // Only what does no harm: anybody can make a link.
                await app.Page.GotoAsync("/app/?action=signOut");
                await Expect(app.Page).ToHaveURLAsync(new Uri(new Uri(story.Product.Address), "/app/").AbsoluteUri);
                await app.ExpectAllSavedAsync();
            }
        );

    private static ILocator Offer(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Reload to use it" });

    private Task TellOfVersionsAsync(Func<Story, SiteVersions, Task> steps, [CallerMemberName] string name = "") =>
        Story.TellOfSiteAsync(browser, versions => versions.Publish("first"), steps, name);

    private static async Task PublishAsync(Story story, SiteVersions versions, string version, string? wrong = null)
    {
        versions.Publish(version, wrong);
        await story.Product.KillAsync();
        await story.Product.StartAsync();
    }

    /// <summary>
    /// Loads the page again, and lets it be young for as long as a slow machine needs to find a new version. Only its own
    /// scripts are told so: what drives the browser waits by the same clock.
    /// </summary>
    private static async Task OpenAgainAndStayJustOpenedAsync(IPage page)
    {
        await page.AddInitScriptAsync(
            """
            (() => {
              const now = performance.now.bind(performance);
              performance.now = () => (new Error().stack.includes("/assets/") ? 1000 : now());
            })()
            """
        );
        // The page itself loads once more when it takes the new version, perhaps before this load is over: nobody waits
        // for this one.
        await page.EvaluateAsync("() => void setTimeout(() => location.reload())");
    }

    /// <summary>The worker has everything and is in charge.</summary>
    private static Task<IJSHandle> ExpectKeptAsync(IPage page) =>
        page.WaitForFunctionAsync("() => navigator.serviceWorker.controller?.state === 'activated'");

    private static Task ExpectVersionAsync(IPage page, string version) =>
        Expect(page.Locator("meta[name=version]")).ToHaveAttributeAsync("content", version);

    private static Task<string[]> CachesAsync(IPage page) => page.EvaluateAsync<string[]>("() => caches.keys()");

    private static Task<IJSHandle> ExpectCachesAsync(IPage page, string name) =>
        page.WaitForFunctionAsync("async (name) => (await caches.keys()).join() === name", name);
}
