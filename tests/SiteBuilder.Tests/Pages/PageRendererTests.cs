using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Pages;

public sealed class PageRendererTests
{
    [Fact]
    public async Task RenderAsync_Markdown_BecomesADocumentInItsLanguage()
    {
        var html = await RenderAsync("# Hello\n\nSee **this** & [home](/p).", lang: "de");

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"de\"", html, StringComparison.Ordinal);
        Assert.Contains("<h1 id=\"hello\">Hello</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>this</strong> &amp; <a href=\"/p\">home</a>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/assets/site-1.css\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_Script_IsLoadedAsAModuleWithWhatItImportsAtOnce()
    {
        var html = await RenderAsync("", "app", "app");

        Assert.Contains("<link rel=\"modulepreload\" href=\"/assets/shared-1.js\"", html, StringComparison.Ordinal);
        Assert.Contains("<script type=\"module\" src=\"/assets/app-1.js\"></script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("later", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_RawHtml_IsText()
    {
        var html = await RenderAsync("<script>alert(1)</script>");

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_Links_KeepTheirLines()
    {
        var pages = await Given.RenderedAsync(Given.Page("One\n\n[two](/p)\n[three](/gone#part)"));

        Assert.Equal([new("/p", 7), new SourceLink("/gone#part", 8)], pages[0].Links);
    }

    [Fact]
    public async Task RenderAsync_Heading_HasALinkToItselfBesideItThatIsNamedByIt()
    {
        var html = await RenderAsync("## How to *run* it\n\n## How to run it");

        Assert.Contains(
            "<div class=\"heading\"><h2 id=\"how-to-run-it\">How to <em>run</em> it</h2>"
                + "<a class=\"anchor\" href=\"#how-to-run-it\" aria-labelledby=\"how-to-run-it\">"
                + "<span aria-hidden=\"true\">#</span></a></div>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<h2 id=\"how-to-run-it-1\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_CodeWithALanguage_IsMarkedUp()
    {
        var html = await RenderAsync("```sh\nls <x>\n```\n\n```\n<y>\n```\n\n    <z>");

        Assert.Contains(
            "<pre tabindex=\"0\"><code class=\"hljs language-sh\"><b>ls <x></b>\n</code></pre>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<pre tabindex=\"0\"><code>&lt;y&gt;\n</code></pre>", html, StringComparison.Ordinal);
        Assert.Contains("<pre tabindex=\"0\"><code>&lt;z&gt;\n</code></pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_CodeInAnUnknownLanguage_IsNamedWithItsLine()
    {
        var e = await Assert.ThrowsAsync<CodeLanguageException>(() => RenderAsync("One\n\n```klingon\nx\n```"));

        Assert.Equal(
            "static-web/pages/p.md(7): There is no highlighting for \"klingon\". Use one of sh, json, or none, or add it to build/code.mjs.",
            e.Message
        );
    }

    [Fact]
    public async Task RenderAsync_AlignedTable_HasClassesAndNoStyles()
    {
        var html = await RenderAsync("| a | b | c |\n|--|--:|:-:|\n| 1 | 2 | 3 |");

        Assert.Contains("<td class=\"align-right\">2</td>", html, StringComparison.Ordinal);
        Assert.Contains("<th class=\"align-center\">c</th>", html, StringComparison.Ordinal);
        Assert.Contains("<td>1</td>", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"table-scroll\" tabindex=\"0\">\n<table>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_TableWithAnEmptyHeading_HasNoHeadingThere()
    {
        var html = await RenderAsync("| | b |\n|---|---|\n| 1 | 2 |");

        Assert.Contains("<td></td>\n<th>b</th>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<th></th>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paper", null, "static-web/pages/p.md(1): There is no layout \"paper\". Use one of: ")]
    [InlineData(
        "app",
        "gone",
        "static-web/pages/p.md(1): There is no script app/pages/gone.tsx. Add it or correct the name."
    )]
    public async Task RenderAsync_UnknownName_IsRefused(string layout, string? script, string message)
    {
        var e = await Assert.ThrowsAsync<PageException>(() => RenderAsync("", layout, script));

        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync(
        string markdown,
        string layout = "page",
        string? script = null,
        string lang = "en"
    ) => (await Given.RenderedAsync(Given.Page(markdown, layout: layout, script: script, lang: lang)))[0].Html;
}
