using System.Net;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class AccountStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Account_SignedOut_SignsInAndComesBack() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/account");
                await Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
                await Axe.ExpectNoViolationsAsync(page);

                await page.GetByRole(AriaRole.Main)
                    .GetByRole(AriaRole.Link, new() { Name = "Sign in", Exact = true })
                    .ClickAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Sign in on this computer" }).ClickAsync();
                await page.WaitForPathAsync("/account");
                await Expect(page.GetByText("You are signed in as defaultuser.")).ToBeVisibleAsync();

                await page.GetByRole(AriaRole.Link, new() { Name = "Sign out", Exact = true }).ClickAsync();
                await page.WaitForPathAsync("/account");
                await Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task OtherDevices_SignedOut_LeaveAndThisBrowserStays() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var lost = await story.SignedInAsync();
                var app = await story.SignedInAsync();
                var account = await OpenAsync(app.Page.Context);

                await account.GetByRole(AriaRole.Button, new() { Name = "Sign out all other devices" }).ClickAsync();

                await Expect(account.GetByText("All other devices are signed out.")).ToBeVisibleAsync();
                await Expect(lost.Page.GetByRole(AriaRole.Heading, new() { Name = "You were signed out" }))
                    .ToBeVisibleAsync();
                await app.StartAsync("Still here #home");
                await app.ExpectAllSavedAsync();
                await account.ReloadAsync();
                await Expect(account.GetByText("You are signed in as defaultuser.")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task OtherDevices_EditInAnotherTabMeanwhile_WaitsForTheNewToken() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var account = await OpenAsync(app.Page.Context);
                var isReset = new TaskCompletionSource();
                var arrives = new TaskCompletionSource();
                await account.RouteAsync(
                    "**/api/v2/webtoken?reset=1",
                    async route =>
                    {
                        var response = await route.FetchAsync();
                        isReset.SetResult();
                        await arrives.Task;
                        await route.FulfillAsync(new() { Response = response });
                    }
                );
                await account.GetByRole(AriaRole.Button, new() { Name = "Sign out all other devices" }).ClickAsync();
                await isReset.Task;

                // At the server the old token is revoked already, and this browser does not know the new one yet.
                await app.StartAsync("In between #risky");
                await app.ClockBeyondAsync(TimeSpan.FromSeconds(3));
                await app.ExpectWaitingAsync(1);
                arrives.SetResult();

                await app.ExpectAllSavedAsync();
                await app.ExpectTodayAsync("In between #risky");
            }
        );

    // A browser sends a request again whose connection broke.
    [Theory]
    [InlineData(false, "The server has not answered.")]
    [InlineData(true, "The server wants you to sign in again.")]
    public Task OtherDevices_AnswerIsLost_NothingIsDeletedHereAndSigningInAgainHelps(bool isSentAgain, string told) =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var account = await OpenAsync(app.Page.Context);
                await account.RouteAsync(
                    "**/api/v2/webtoken?reset=1",
                    async route =>
                    {
                        await route.FetchAsync();
                        if (isSentAgain)
                        {
                            await route.ContinueAsync();
                        }
                        else
                        {
                            await route.AbortAsync();
                        }
                    }
                );
                await account.GetByRole(AriaRole.Button, new() { Name = "Sign out all other devices" }).ClickAsync();
                await Expect(account.GetByRole(AriaRole.Alert).GetByText(told)).ToBeVisibleAsync();

                await app.StartAsync("With a token that is dead #risky");
                await app.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
                await app.Page.WaitForPathAsync("/login");
                app = await Story.SignInAsync(app.Page);

                await app.ExpectTodayAsync("With a token that is dead #risky");
            }
        );

    [Fact]
    public Task ApiToken_ByKeyboard_IsShownCopiedAndReplaced() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
                var page = await OpenAsync(app.Page.Context);
                var token = page.Locator("#api-token");
                await Expect(token).ToHaveCountAsync(0);

                await page.GetByRole(AriaRole.Button, new() { Name = "Show the token" }).PressAsync("Enter");
                await Expect(page.GetByText("Your token is shown.")).ToBeVisibleAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Copy API token" }).PressAsync("Enter");
                await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copied API token" })).ToBeFocusedAsync();
                var first = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
                Assert.Equal(await token.TextContentAsync(), first);
                Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(story, first));
                await Axe.ExpectNoViolationsAsync(page);

                // Escape keeps the token, and the keyboard is where it was.
                var replace = page.GetByRole(AriaRole.Button, new() { Name = "Replace the token" });
                await replace.PressAsync("Enter");
                await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep the token" })).ToBeFocusedAsync();
                await Axe.ExpectNoViolationsAsync(page);
                await page.Keyboard.PressAsync("Escape");
                await Expect(replace).ToBeFocusedAsync();
                Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(story, first));

                await replace.PressAsync("Enter");
                await page.GetByRole(AriaRole.Button, new() { Name = "Replace it" }).PressAsync("Enter");
                await Expect(page.GetByText("This is your new token.")).ToBeVisibleAsync();
                Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithAsync(story, first));
                var second = await token.TextContentAsync();
                Assert.Equal(HttpStatusCode.OK, await StatusWithAsync(story, second));

                await page.GetByRole(AriaRole.Button, new() { Name = "Hide the token" }).ClickAsync();
                await Expect(token).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task Account_ServerThatCannot_SaysWhyAndStays() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await OpenAsync((await story.SignedInAsync()).Page.Context);
                var show = page.GetByRole(AriaRole.Button, new() { Name = "Show the token" });
                var alert = page.GetByRole(AriaRole.Alert);

                await AnswerAsync(page, 503, "busy: try again later");
                await show.ClickAsync();
                await Expect(alert.Filter(new() { HasText = "(busy: try again later)" })).ToBeVisibleAsync();

                await AnswerAsync(page, 401, "unauthorized: The webtoken has expired (after 14 days)");
                await show.ClickAsync();
                await Expect(alert.Filter(new() { HasText = "sign in again" })).ToBeVisibleAsync();
                await Expect(alert.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "/login#page=/account");

                await page.UnrouteAllAsync();
                await story.Product.KillAsync();
                await show.ClickAsync();
                await Expect(alert.Filter(new() { HasText = "has not answered" })).ToBeVisibleAsync();
                await story.Product.StartAsync();
                await show.ClickAsync();
                await Expect(page.Locator("#api-token")).ToBeVisibleAsync();
                await Expect(alert.Filter(new() { HasText = "has not answered" })).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task ApiToken_SignedOutInAnotherTab_IsGoneFromThisOne() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var page = await OpenAsync(app.Page.Context);
                await page.GetByRole(AriaRole.Button, new() { Name = "Show the token" }).ClickAsync();
                await Expect(page.Locator("#api-token")).ToBeVisibleAsync();

                await app.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

                await Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
                await Expect(page.Locator("#api-token")).ToHaveCountAsync(0);
            }
        );

    private static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account");
        await Expect(page.GetByText("You are signed in as defaultuser.")).ToBeVisibleAsync();
        return page;
    }

    private static async Task AnswerAsync(IPage page, int status, string text) =>
        await page.RouteAsync(
            "**/api/v2/apitoken",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = status,
                        Body = text,
                        ContentType = "text/plain",
                    }
                )
        );

    private static async Task<HttpStatusCode> StatusWithAsync(Story story, string? token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{story.Product.Address}/api/v2/settings");
        request.Headers.Add("authtoken", token);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
