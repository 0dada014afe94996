using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class CredentialStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public Task Credentials_Made_LetTheUserSignInAndNeverLeaveTheBrowser() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var context = await story.NewBrowserAsync();
                await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
                var page = await OpenAsync(context);
                var requests = new List<string>();
                page.Request += (_, request) => requests.Add(request.Url);

                await page.GetByLabel("User name").FillAsync(" ada ");
                await page.GetByLabel("Password", new() { Exact = true }).FillAsync(" correct hörse, battery; ");
                await Expect(page.Locator("#cred-raw")).ToHaveTextAsync(Pattern(@"^ada:\$2b\$12\$[./A-Za-z0-9]{53}$"));
                Assert.Single(page.Workers);
                await Axe.ExpectNoViolationsAsync(page);
                await page.GetByRole(AriaRole.Button, new() { Name = "Copy As it is" }).ClickAsync();
                var raw = await page.EvaluateAsync<string>("navigator.clipboard.readText()");

                await Expect(page.Locator("#cred-shell"))
                    .ToHaveTextAsync(raw.Replace("$", @"\$", StringComparison.Ordinal));
                await Expect(page.Locator("#cred-compose"))
                    .ToHaveTextAsync(raw.Replace("$", "$$", StringComparison.Ordinal));
                var kept = await page.EvaluateAsync<string>(
                    "async () => JSON.stringify([await indexedDB.databases(), { ...localStorage }, { ...sessionStorage }])"
                );
                Assert.Equal("[[],{},{}]", kept);
                Assert.All(requests, url => Assert.EndsWith(".js", url, StringComparison.Ordinal));

                await Story.TellAsync(
                    browser,
                    async ours =>
                    {
                        var login = await (await ours.NewBrowserAsync()).NewPageAsync();
                        await login.GotoAsync("/login");
                        await login.GetByLabel("User name").FillAsync("ada");
                        await login.GetByLabel("Password").FillAsync("correct hörse, battery;");
                        await login.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
                        await login.WaitForPathAsync("/app/");
                    },
                    ["--credentials", raw]
                );
            }
        );

    [Fact]
    public Task Credentials_PasswordTypedOn_AreThoseOfTheLastOne() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await OpenAsync(await story.NewBrowserAsync());
                await page.GetByLabel("User name").FillAsync("ada");
                var password = page.GetByLabel("Password", new() { Exact = true });
                await password.FillAsync("first");
                var raw = page.Locator("#cred-raw");
                var first = await raw.TextContentAsync();

                await password.PressSequentiallyAsync(" and more", new() { Delay = 120 });
                await Expect(raw).Not.ToHaveTextAsync(first!);
                await Expect(raw).ToHaveTextAsync(Pattern(@"^ada:\$2b\$"));
                await password.FillAsync("");

                await Expect(page.GetByText("Type a user name and a password.")).ToBeVisibleAsync();
                await Expect(page.Locator("#cred-raw")).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task Credentials_ThatTheServerCouldNotRead_AreRefusedWithASentence() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await OpenAsync(await story.NewBrowserAsync());
                var name = page.GetByLabel("User name");
                var password = page.GetByLabel("Password", new() { Exact = true });

                await name.FillAsync("ada;eve");
                await password.FillAsync(new string('x', 73));

                await Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(name).ToHaveAccessibleDescriptionAsync(Pattern("a colon, a comma or a semicolon"));
                await Expect(password).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(password).ToHaveAccessibleDescriptionAsync(Pattern("first 72 bytes"));
                await Axe.ExpectNoViolationsAsync(page);

                await password.PressAsync("Backspace");
                await Expect(password).ToHaveAttributeAsync("aria-invalid", "false");
                await name.FillAsync("ada");
                await Expect(page.Locator("#cred-raw")).ToBeVisibleAsync();
            }
        );

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/cred");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Credentials" })).ToBeVisibleAsync();
        return page;
    }
}
