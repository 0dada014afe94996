using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>What the store promises to a person who does not know that there is one.</summary>
public sealed class StoreStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Records = "**/api/v2/records";

    [Fact]
    public Task TwoTabs_OfOneBrowser_AskTheServerOnceAndFollowEachOther() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var first = await story.SignedInAsync();
                var askedByFirst = Requests(first.Page);
                var second = await OpenTabAsync(first, out var askedBySecond);
                await second.ExpectAllSavedAsync();

                await second.StartAsync("In the second tab #tabs");
                await first.ExpectRunningAsync("In the second tab #tabs");
                await second.ExpectAllSavedAsync();
                await first.ExpectAllSavedAsync();

                Assert.Contains("PUT records", askedByFirst);
                Assert.Empty(askedBySecond);
            }
        );

    [Fact]
    public Task TwoTabs_TheOneThatSyncsIsClosed_TheOtherGoesOn() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var first = await story.SignedInAsync();
                var second = await OpenTabAsync(first, out var askedBySecond);
                await second.ExpectAllSavedAsync();

                await first.Page.CloseAsync();
                await second.StartAsync("After the first tab #tabs");
                await second.ExpectAllSavedAsync();

                Assert.Contains("PUT records", askedBySecond);
                var other = await story.SignedInAsync();
                await other.ExpectRunningAsync("After the first tab #tabs");
            }
        );

    [Fact]
    public Task Edit_RefusedByTheServer_IsKeptCorrectedAndSentAgain() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.RouteAsync(Records, RefuseAsync);
                await app.StartAsync("Not like this #store");
                await Expect(app.Page.GetByText("1 change refused")).ToBeVisibleAsync();
                await Expect(app.Page.GetByText("Not like this #store: No such thing.")).ToBeVisibleAsync();

                await app.Page.UnrouteAsync(Records);
                await app.Button("Correct").ClickAsync();
                await app
                    .Page.GetByRole(AriaRole.Textbox, new() { Name = "Description, at most" })
                    .FillAsync("But like that #store");
                await app.Button("Save and send").ClickAsync();

                await app.ExpectAllSavedAsync();
                await app.ExpectTodayAsync("But like that #store");
                var other = await story.SignedInAsync();
                await other.ExpectTodayAsync("But like that #store");
            }
        );

    [Fact]
    public Task Edit_RefusedByTheServer_CanBeDiscarded() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.RouteAsync(Records, RefuseAsync);
                await app.StartAsync("Not at all #store");
                await app.Button("Discard").ClickAsync();
                await app.Button("Discard for good").ClickAsync();

                await app.ExpectNothingRunningAsync();
                await app.ExpectAllSavedAsync();
            }
        );

    [Fact]
    public Task Undo_ByKeysAndByButton_IsSyncedLikeAnyEdit() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("First #undo");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await app.StartAsync("Second #undo");

                // A field has its own undo; the page has it where no field has the focus.
                await app.StopButton.FocusAsync();
                await app.Page.Keyboard.PressAsync("Control+z");
                await app.ExpectAnnouncedAsync("Undone: Start");
                await app.ExpectRunningAsync("First #undo");
                await app.ExpectTodayAsync("First #undo");

                await app.Page.Keyboard.PressAsync("Control+Shift+z");
                await app.ExpectRunningAsync("Second #undo");
                await app.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: " }).ClickAsync();
                await app.ExpectRunningAsync("First #undo");
                await app.ExpectAllSavedAsync();

                var other = await story.SignedInAsync();
                await other.ExpectRunningAsync("First #undo");
                await other.ExpectTodayAsync("First #undo");
            }
        );

    [Fact]
    public Task Undo_OfWhatAnotherBrowserChanged_SaysSoAndLeavesIt() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var desk = await story.SignedInAsync();
                await desk.StartAsync("At the desk #undo");
                await desk.ExpectAllSavedAsync();
                var phone = await story.SignedInAsync();
                await phone.ClockBeyondAsync(TimeSpan.FromSeconds(1));
                await phone.StopAsync();
                await desk.ExpectNothingRunningAsync();

                await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Undo: " }).ClickAsync();

                await Expect(desk.Page.GetByText("Not undone: Start.")).ToBeVisibleAsync();
                await desk.ExpectTodayAsync("At the desk #undo");
            }
        );

    [Fact]
    public Task Server_TakesNoChanges_IsSaidOnceAndLiftedByItself() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.RouteAsync(
                    "**/api/v2/{records,settings}",
                    route => route.FulfillAsync(new() { Status = 402, Body = "readonly|Under repair until noon." })
                );
                await app.StartAsync("Just before #store");
                await Expect(app.Page.GetByText("The server takes no changes at present.")).ToBeVisibleAsync();
                await Expect(app.Page.GetByText("Under repair until noon.")).ToBeVisibleAsync();
                await app.Button("I have read this").ClickAsync();

                await app.StartButton.ClickAsync(new() { Force = true }); // It says that it is disabled.
                await Expect(app.Page.GetByText("so nothing can be changed here either")).ToBeVisibleAsync();
                await app.ExpectNoDialogAsync();
                await app.ExpectTodayAsync("Just before #store");

                await app.Page.UnrouteAsync("**/api/v2/{records,settings}");
                await app.Button("Details").ClickAsync();
                await app.Button("Sync now").ClickAsync();
                await app.ExpectAllSavedAsync();
                await app.StartAsync("Now again #store");
                await Expect(app.Page.GetByText("Under repair until noon.")).ToHaveCountAsync(0);
            }
        );

    /// <summary>Another tab of the same browser, and what it asks the server about the person's data.</summary>
    private static Task<AppPage> OpenTabAsync(AppPage app, out IReadOnlyCollection<string> asked)
    {
        List<string> requests = [];
        asked = requests;
        return OpenAsync();

        async Task<AppPage> OpenAsync()
        {
            var page = await app.Page.Context.NewPageAsync();
            Note(page, requests);
            await page.GotoAsync("/app/");
            return new AppPage(page);
        }
    }

    private static List<string> Requests(IPage page)
    {
        List<string> requests = [];
        Note(page, requests);
        return requests;
    }

    private static void Note(IPage page, List<string> requests) =>
        page.Request += (_, request) =>
        {
            var asked = $"{request.Method} {new Uri(request.Url).Segments[^1]}";
            if (asked is "GET updates" or "PUT records" or "PUT settings")
            {
                requests.Add(asked);
            }
        };

    /// <summary>Answers as a server that takes none of the items.</summary>
    private static Task RefuseAsync(IRoute route)
    {
        var keys = JsonDocument
            .Parse(route.Request.PostData!)
            .RootElement.EnumerateArray()
            .Select(item => item.GetProperty("key").GetString())
            .ToList();
        var answer = new
        {
            accepted = Array.Empty<string>(),
            failed = keys,
            errors = keys.Select(_ => "No such thing."),
        };
        return route.FulfillAsync(
            new()
            {
                Status = 200,
                ContentType = "application/json",
                Body = JsonSerializer.Serialize(answer),
            }
        );
    }
}
