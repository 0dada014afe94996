using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class SignInStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>A published test vector of bcrypt: the password is <c>U*U</c>.</summary>
    private const string Credentials = "ada:$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    [Fact]
    public Task App_WithoutSignIn_AsksForItAndComesBack() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/app/");
                await page.WaitForPathAsync("/login");
                await page.GetByRole(AriaRole.Button, new() { Name = "Sign in on this computer" }).ClickAsync();
                await page.WaitForPathAsync("/app/");
                await new AppPage(page).ExpectAllSavedAsync();
            }
        );

    [Fact]
    public Task Password_WrongAndThenRight_ShowsWhyAndThenOpensTheApp() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/login");

                await SubmitAsync(page, "ada", "u*u");
                await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Invalid credentials");

                await SubmitAsync(page, "ada", "U*U");
                await page.WaitForPathAsync("/app/");
                await new AppPage(page).ExpectAllSavedAsync();
            },
            ["--credentials", Credentials]
        );

    [Fact]
    public Task Here_ServerThatOthersCanReach_AsksForThePassword() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.GotoAsync("/login");

                await page.GetByRole(AriaRole.Button, new() { Name = "Sign in on this computer" }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert))
                    .ToHaveTextAsync(
                        "This server does not let people in without a password. Use your user name and password."
                    );
                await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "User name" })).ToBeFocusedAsync();

                await SubmitAsync(page, "ada", "U*U");
                await page.WaitForPathAsync("/app/");
            },
            ["--credentials", Credentials],
            bind: "0.0.0.0"
        );

    [Fact]
    public Task SignOut_WithEverythingSaved_LeavesNothingInTheBrowser() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                await app.StartAsync("Nobody else's business #private");
                await app.ExpectAllSavedAsync();

                await app.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
                await app.Page.WaitForPathAsync("/");

                var left = await app.Page.EvaluateAsync<string>(
                    "async () => JSON.stringify([await indexedDB.databases(), { ...localStorage }])"
                );
                Assert.DoesNotContain("timetagger", left, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("token", left, StringComparison.OrdinalIgnoreCase);
                await app.Page.GotoAsync("/app/");
                await app.Page.WaitForPathAsync("/login");

                // What was saved is still the account's.
                var again = await story.SignedInAsync();
                await again.ExpectTodayAsync("Nobody else's business #private");
            }
        );

    [Fact]
    public Task SignOut_ThatCannotSeeWhatWaits_DeletesNothingUnasked() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var page = app.Page;
                await page.AddInitScriptAsync(
                    """
                    if (location.pathname === "/logout")
                      IDBFactory.prototype.open = () => { throw new DOMException("The disk is broken.", "UnknownError"); };
                    """
                );

                await app.Button("Sign out").ClickAsync();
                var alert = page.GetByRole(AriaRole.Alert);
                await Expect(alert).ToContainTextAsync("The disk is broken.");
                await Axe.ExpectNoViolationsAsync(page);
                await app.Button("Try again").ClickAsync();
                await Expect(alert).ToContainTextAsync("The disk is broken.");
                Assert.Equal(1, await CountDatabasesAsync(page));

                await app.Button("Sign out and delete them").ClickAsync();
                await page.WaitForPathAsync("/");
                Assert.Equal(0, await CountDatabasesAsync(page));
            }
        );

    [Fact]
    public Task App_TakenBackByTheBrowserAfterSomebodyElseSignedIn_ShowsNothingOfThePerson() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = (await story.SignedInAsync()).Page;

                // What happened while the page was put aside was told to nobody.
                await page.EvaluateAsync(
                    """
                    () => {
                        localStorage.removeItem("timetagger_auth_info");
                        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
                    }
                    """
                );

                await page.WaitForPathAsync("/login");
            }
        );

    private static Task<int> CountDatabasesAsync(IPage page) =>
        page.EvaluateAsync<int>("async () => (await indexedDB.databases()).length");

    private static async Task SubmitAsync(IPage page, string user, string password)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "User name" }).FillAsync(user);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
