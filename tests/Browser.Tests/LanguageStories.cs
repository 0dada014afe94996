using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class LanguageStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly string[] Pages = ["/login", "/account", "/cred", "/app/demo", "/app/sandbox"];

    [Fact]
    public Task Pages_InAGermanBrowser_SpeakGermanAndLoadNothingElse() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync(new() { Locale = "de-AT" })).NewPageAsync();
                var scripts = new List<Task<string>>();
                page.Response += (_, response) =>
                {
                    if (response.Url.EndsWith(".js", StringComparison.Ordinal))
                    {
                        scripts.Add(response.TextAsync());
                    }
                };
                foreach (var path in Pages)
                {
                    scripts.Clear();
                    await page.GotoAndSettleAsync(path);
                    await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
                    await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
                    await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                    var loaded = string.Concat(await Task.WhenAll(scripts));
                    Assert.Contains("Etwas anderes?", loaded, StringComparison.Ordinal);
                    Assert.DoesNotContain("Something else?", loaded, StringComparison.Ordinal);
                }
            }
        );

    [Fact]
    public Task Choice_OfALanguage_HoldsEverywhereOnThisDeviceAndKeepsWhatIsTyped() =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var app = await story.SignedInAsync();
                var account = await app.Page.Context.NewPageAsync();
                await account.GotoAsync("/account");
                await app.WriteAsync("Half a sentence");

                await account.GetByLabel("Language").SelectOptionAsync("de");

                await Expect(account.GetByRole(AriaRole.Heading, new() { Name = "Konto", Exact = true }))
                    .ToBeVisibleAsync();
                await Expect(account).ToHaveTitleAsync("Konto · TimeTagger");
                var field = app.Dialog.GetByLabel("Beschreibung");
                await Expect(field).ToHaveValueAsync("Half a sentence");
                await app.Page.ReloadAsync();
                await Expect(app.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
                await app.Page.GetByLabel("Sprache").SelectOptionAsync("en");
                await Expect(app.StartButton).ToBeVisibleAsync();
                await Expect(account.GetByRole(AriaRole.Heading, new() { Name = "Account", Exact = true }))
                    .ToBeVisibleAsync();
            }
        );
}
