using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a person is told, and keeps, who was signed out from another device.</summary>
public sealed class SignedOutStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task SignedOutElsewhere_WithAnEditThatWaits_IsToldAndCanSaveItAndSendItAfterSigningInAgain() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await SignedOutWithAnEditAsync(story);
                await Expect(app.Page.GetByText("had been reset elsewhere")).ToBeVisibleAsync();
                await Expect(app.Page.GetByText("2 changes had not reached the server.")).ToBeVisibleAsync();
                Assert.Equal(["records 0", "settings 0", "outbox 2"], await HeldAsync(app.Page));

                var download = await app.Page.RunAndWaitForDownloadAsync(() =>
                    app.Button("Save as a file").ClickAsync()
                );
                await using var stream = await download.CreateReadStreamAsync();
                using var file = await JsonDocument.ParseAsync(stream);
                var saved = file.RootElement.GetProperty("records").EnumerateArray();
                Assert.Equal(
                    ["Known to the server", "Only here #unsent"], // the first was stopped by the second
                    saved.Select(record => record.GetProperty("ds").GetString()).Order()
                );
                await Expect(app.Page.GetByText("Saved among your downloads.")).ToBeVisibleAsync();

                await app.Page.GotoAsync("/login");
                await Expect(app.Page.GetByText("2 changes had not been sent.")).ToBeVisibleAsync();
                var again = await Story.SignInAsync(app.Page);
                await again.ExpectTodayAsync("Only here #unsent", "Known to the server");
                var other = await story.SignedInAsync();
                await other.ExpectTodayAsync("Only here #unsent", "Known to the server");
                await app.Page.GotoAsync("/login");
                await Expect(app.Page.GetByText("had not been sent")).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task SignedOutElsewhere_WhoDeletesWhatWaited_LeavesNothingHere() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await SignedOutWithAnEditAsync(story);

                await app.Button("Delete instead").ClickAsync();
                await app.Button("Delete 2 changes for good").ClickAsync();

                await app.Page.WaitForURLAsync("**/");
                Assert.Empty(await HeldAsync(app.Page));
                await app.Page.GotoAsync("/login");
                await Expect(app.Page.GetByText("was signed out")).ToHaveCountAsync(0);
            }
        );

    /// <summary>As people do it who have lost a device: the sign-ins are reset, while this browser has no net.</summary>
    private static async Task<AppPage> SignedOutWithAnEditAsync(Story story)
    {
        var app = await story.SignedInAsync();
        await app.StartAsync("Known to the server");
        await app.ExpectAllSavedAsync();
        await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
        await app.Page.Context.SetOfflineAsync(true);
        await app.StartAsync("Only here #unsent");
        var other = await story.SignedInAsync();
        await other.Page.EvaluateAsync(
            """
            async () => {
              const { token } = JSON.parse(localStorage.getItem("timetagger_auth_info"));
              await fetch("/api/v2/webtoken?reset=1", { headers: { authtoken: token } });
            }
            """
        );
        await other.Page.Context.CloseAsync();

        await app.Page.Context.SetOfflineAsync(false);
        await Expect(app.Page.GetByRole(AriaRole.Heading, new() { Name = "You were signed out" })).ToBeVisibleAsync();
        return app;
    }

    /// <summary>How much the databases of this browser hold.</summary>
    private static Task<string[]> HeldAsync(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            async () => {
              const held = [];
              for (const { name } of await indexedDB.databases()) {
                const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (e) => done(e.target.result)));
                for (const store of ["records", "settings", "outbox"]) {
                  const asked = db.transaction(store).objectStore(store).count();
                  held.push(`${store} ${await new Promise((done) => (asked.onsuccess = () => done(asked.result)))}`);
                }
                db.close();
              }
              return held;
            }
            """
        );
}
