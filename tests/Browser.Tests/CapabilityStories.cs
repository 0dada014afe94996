using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

public sealed class CapabilityStories(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("delete window.indexedDB", "IndexedDB", "/app/")]
    [InlineData("delete window.BroadcastChannel", "BroadcastChannel", "/app/")]
    [InlineData("delete Crypto.prototype.getRandomValues", "Web Crypto", "/app/sandbox")]
    [InlineData("delete window.crypto", "Web Crypto", "/app/demo")]
    [InlineData("delete AbortSignal.timeout", "AbortSignal.timeout", "/login")]
    [InlineData("delete HTMLDialogElement.prototype.showModal", "Dialog", "/account")]
    [InlineData("delete window.Worker", "Web Workers", "/cred")]
    [InlineData("delete Intl.ListFormat", "Intl", "/app/demo")]
    [InlineData(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
        "Local Storage",
        "/login"
    )]
    public Task Page_BrowserThatLacksSomething_SaysWhatInTheirLanguage(string script, string name, string path) =>
        Story.TellAsync(
            browser,
            async story =>
            {
                foreach (var (locale, sentence) in Sentences)
                {
                    var page = await (await story.NewBrowserAsync(new() { Locale = locale })).NewPageAsync();
                    await page.AddInitScriptAsync(script);
                    await page.GotoAsync(path);
                    var notice = page.GetByRole(AriaRole.Alert);
                    await Expect(notice).ToContainTextAsync(sentence);
                    await Expect(notice).ToContainTextAsync($": {name}.");
                    await Expect(page.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(0);
                    if (locale == "en-US")
                    {
                        await Axe.ExpectNoViolationsAsync(page);
                    }
                }
            }
        );

    [Theory]
    [InlineData("/app/")]
    [InlineData("/login")]
    public Task Page_ScriptThatCannotRun_SaysWhatToDo(string path) =>
        Story.TellAsync(
            browser,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                await page.RouteAsync(
                    "**/*.js",
                    route => route.FulfillAsync(new() { Body = "from the future ~", ContentType = "text/javascript" })
                );
                story.ExpectUncaught();
                await page.GotoAsync(path);
                await Expect(page.GetByText("TimeTagger has not started.")).ToBeVisibleAsync();

                await page.UnrouteAllAsync();
                await page.GotoAsync("/login");
                await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }))
                    .ToBeVisibleAsync();
                await Expect(page.GetByText("TimeTagger has not started.")).ToHaveCountAsync(0);
            }
        );

    private static (string Locale, string Sentence)[] Sentences { get; } =
    [("en-US", "This browser cannot run TimeTagger"), ("de-DE", "Dieser Browser kann TimeTagger nicht ausführen")];
}
