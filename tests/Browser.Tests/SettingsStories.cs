using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a person has chosen elsewhere, in another tab or on another device, and what follows from it here.</summary>
public sealed class SettingsStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string DarkDesk = "rgb(15, 18, 22)";

    [Fact]
    public Task DarkMode_ChosenInAnotherTab_IsFollowedByEveryPageOfThisDevice() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var html = app.Page.Locator("html");
                await Expect(html).Not.ToHaveCSSAsync("background-color", DarkDesk);
                var account = (await Story.NewPageBesideAsync(app.Page, "/account")).Page;
                await account.EvaluateAsync(
                    "() => localStorage.setItem('timetagger_local_settings', JSON.stringify({ darkmode: 2 }))"
                );

                await Expect(html).ToHaveCSSAsync("background-color", DarkDesk);
                await account.ReloadAsync();
                await Expect(account.Locator("html")).ToHaveCSSAsync("background-color", DarkDesk);
            }
        );

    [Fact]
    public Task WaysOfWriting_ChosenOnAnotherDevice_AreFollowedWhilePeopleLook() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("Followed #settings");
                await app.ClockBeyondAsync(TimeSpan.Zero);
                var running = app.Page.GetByRole(AriaRole.Region, new() { Name = "Running" });
                var total = app.Page.Locator("#today-total");
                var noon = new Regex(" [AP]M", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
                await ChooseElsewhereAsync(app, ("time_repr", "24h"));
                await Expect(running).Not.ToContainTextAsync(noon);

                await ChooseElsewhereAsync(app, ("time_repr", "ampm"), ("duration_repr", "colon"));
                await Expect(running).ToContainTextAsync(noon);
                await Expect(total).ToHaveTextAsync("Total 0:00");

                await ChooseElsewhereAsync(app, ("show_stopwatch", false));
                await Expect(running.Locator("time")).ToHaveCountAsync(0);
                await app.ExpectRunningAsync("Followed #settings");
            }
        );

    /// <summary>Stores settings at the server as another device does, and lets the app fetch them.</summary>
    private static async Task ChooseElsewhereAsync(AppPage app, params (string Name, object Value)[] settings)
    {
        var status = await app.Page.EvaluateAsync<int>(
            """
            async (chosen) => {
              const { token } = JSON.parse(localStorage.getItem("timetagger_auth_info"));
              const mt = Math.floor(Date.now() / 1000);
              const body = JSON.stringify(chosen.map(({ name, value }) => ({ key: name, mt, value })));
              const answer = await fetch("/api/v2/settings", { method: "PUT", headers: { authtoken: token }, body });
              return answer.status;
            }
            """,
            settings.Select(setting => new { name = setting.Name, value = setting.Value }).ToArray()
        );
        Assert.Equal(200, status);
    }
}
