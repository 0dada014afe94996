using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TimeTagger.Tests;
using Xunit;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>
/// What was seen on the screen is found again, whenever the page is killed, and also when the whole browser is, unless that
/// has lost its database: then the app says so.
/// </summary>
public sealed partial class KillStories(BrowserFixture browser, ITestOutputHelper output)
    : IClassFixture<BrowserFixture>
{
    private const int Many = 25;

    /// <summary>Tells of every edit in the day's list at the moment in which it is put there.</summary>
    private const string TellWhatIsDrawn = """
        const told = new Set();
        new MutationObserver(() => {
          for (const record of document.querySelectorAll(".records .record"))
            for (const [edit] of record.textContent.matchAll(/edit-\d+/g))
              if (!told.has(edit)) {
                told.add(edit);
                console.debug(`drawn ${edit}`);
              }
        }).observe(document, { childList: true, subtree: true, characterData: true });
        """;

    [Fact]
    public Task Page_KilledAtAnyMoment_EveryEditThatWasDrawnIsFoundAgain() =>
        TellOfKillsAsync(
            ProofScale.Times(4),
            mortal =>
            {
                mortal.KillPages();
                return Task.CompletedTask;
            },
            mayBeEmptied: false
        );

    [Fact]
    public Task Browser_KilledAtAnyMoment_EveryEditThatWasDrawnIsFoundAgainOrSaidToBeLost() =>
        TellOfKillsAsync(
            ProofScale.Times(1),
            async mortal =>
            {
                await mortal.KillAsync();
                await mortal.StartAsync();
            },
            mayBeEmptied: true
        );

    private Task TellOfKillsAsync(int times, Func<MortalBrowser, Task> kill, bool mayBeEmptied) =>
        Story.TellAsync(
            browser,
            async story =>
            {
                await using var mortal = new MortalBrowser(browser.Playwright);
                await mortal.StartAsync();
                var life = new Life(mortal, story.Product.Address, Random.Shared, mayBeEmptied);
                await life.BeginAsync();
                for (var edit = 1; edit <= times; edit++)
                {
                    await life.EditAndDieAsync($"edit-{edit}", () => kill(mortal));
                }
                await life.ExpectSyncedAsync(story);
                // Of many kills some come after the edit was drawn, or nothing was watched.
                Assert.True(times < Many || life.DrawnAtOnce > 0, life.Report);
                output.WriteLine(life.Report);
            }
        );

    /// <summary>What a person does and sees from one death of the page to the next.</summary>
    private sealed partial class Life(MortalBrowser mortal, string address, Random random, bool mayBeEmptied)
    {
        private readonly ConcurrentDictionary<string, int> _drawn = [];
        private readonly HashSet<string> _made = [];
        private int _emptied;
        private int _lost;
        private int _unseen;
        private int _cut;

        public int DrawnAtOnce { get; private set; }

        public string Report =>
            $"{_made.Count} kills: {DrawnAtOnce} after the edit was drawn, of the others {_unseen} found as well; {_cut} with "
            + $"the server out of reach; {_emptied} times the browser had lost its database, with {_lost} edits that were drawn";

        /// <summary>Signs in, and waits until the browser has that on the disk: it takes its time with what is not strict.</summary>
        public async Task BeginAsync()
        {
            var page = await mortal.OpenAsync();
            await page.GotoAsync($"{address}/login");
            await Story.SignInAsync(page);
            await mortal.KeepsAsync("timetagger_auth_info");
        }

        public async Task EditAndDieAsync(string edit, Func<Task> kill)
        {
            var app = await OpenAsync();
            // Some edits can only be in the browser when it dies, and some are on their way.
            var isCut = random.Next(2) == 0;
            if (isCut)
            {
                await app.Page.RouteAsync("**/api/v2/*", route => route.AbortAsync());
                _cut++;
            }
            await app.WriteAsync($"{edit} #kill");
            var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            app.Page.Crash += (_, _) => died.TrySetResult();
            app.Page.Close += (_, _) => died.TrySetResult();
            var pressed = app.Page.Keyboard.PressAsync("Enter");
            await Task.Delay(MomentAfterAnEdit());
            _made.Add(edit);
            await kill();
            await died.Task.WaitAsync(TimeSpan.FromSeconds(60));
            DrawnAtOnce += _drawn.ContainsKey(edit) ? 1 : 0;
            await FailedAsync(pressed);
        }

        /// <summary>In the end the server has it all, and another browser shows it.</summary>
        public async Task ExpectSyncedAsync(Story story)
        {
            var app = await OpenAsync();
            await app.ExpectAllSavedAsync();
            var here = await FoundAsync(app);
            var other = await story.SignedInAsync();
            Assert.Equal(here, await FoundAsync(other));
        }

        /// <summary>Most moments are near the edit, where it is being written; some are while it is being sent.</summary>
        private TimeSpan MomentAfterAnEdit() => TimeSpan.FromMilliseconds(400 * Math.Pow(random.NextDouble(), 4));

        private async Task<AppPage> OpenAsync()
        {
            var page = await mortal.OpenAsync();
            await page.AddInitScriptAsync(TellWhatIsDrawn);
            page.Console += (_, message) =>
            {
                if (message.Text.StartsWith("drawn ", StringComparison.Ordinal))
                {
                    _drawn.TryAdd(message.Text["drawn ".Length..], 0);
                }
            };
            await page.GotoAsync($"{address}/app/");
            var app = new AppPage(page);
            await ExpectDrawnIsFoundAsync(app);
            return app;
        }

        /// <summary>Data is loaded before the button for the next edit is there: what is missing now is lost.</summary>
        private async Task ExpectDrawnIsFoundAsync(AppPage app)
        {
            await Expect(app.StartButton).ToBeVisibleAsync();
            var found = await FoundAsync(app);
            if (mayBeEmptied && await app.Page.GetByText("This browser has lost").CountAsync() > 0)
            {
                _emptied++;
                await app.ExpectAllSavedAsync();
                found = await FoundAsync(app);
                _lost += _drawn.Keys.Except(found, StringComparer.Ordinal).Count(edit => _drawn.TryRemove(edit, out _));
            }
            Assert.Empty(_drawn.Keys.Except(found, StringComparer.Ordinal));
            Assert.Empty(found.Except(_made, StringComparer.Ordinal));
            // What starts ends what ran, in the same edit: half of it would leave two running, or none.
            await Expect(app.StopButton).ToHaveCountAsync(found.Count > 0 ? 1 : 0);
            await Expect(app.Page.GetByRole(AriaRole.Region, new() { Name = "Running" }).GetByRole(AriaRole.Listitem))
                .ToHaveCountAsync(found.Count > 0 ? 1 : 0);
            _unseen = found.Count - DrawnAtOnce;
        }

        private static async Task<IReadOnlyList<string>> FoundAsync(AppPage app)
        {
            var records = await app.Page.Locator(".records .record").AllTextContentsAsync();
            return [.. records.Select(text => Edit().Match(text).Value).Order(StringComparer.Ordinal)];
        }

        private static async Task FailedAsync(Task asked)
        {
            try
            {
                await asked;
            }
            catch (PlaywrightException)
            {
                // The page died before it could answer.
            }
        }

        [GeneratedRegex(@"edit-\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Edit();
    }
}
