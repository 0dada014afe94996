using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

public sealed class PageRendererTests
{
    private static readonly ClientAssets Assets = new(
        new Dictionary<string, ScriptAsset> { ["app"] = new("assets/app-1.js", ["assets/shared-1.js"]) },
        new Dictionary<string, string> { ["site"] = "assets/site-1.css" },
        new Dictionary<string, string> { ["mark.svg"] = "assets/mark-1.svg" }
    );

    [Theory]
    [InlineData("index.html", "/")]
    [InlineData("login.html", "/login")]
    [InlineData("app/index.html", "/app/")]
    public void AddressOf_Path_IsWhatStaticWebAppsServes(string path, string address) =>
        Assert.Equal(address, PageRenderer.AddressOf(path));

    [Fact]
    public async Task RenderAsync_Markdown_BecomesADocument()
    {
        var html = await RenderAsync("# Hello\n\nSee **this** & [home](/p).");

        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("<strong>this</strong> &amp; <a href=\"/p\">home</a>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/assets/site-1.css\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_Script_IsLoadedAsAModuleWithWhatItImports()
    {
        var html = await RenderAsync("", "app", "app");

        Assert.Contains("<link rel=\"modulepreload\" href=\"/assets/shared-1.js\"", html, StringComparison.Ordinal);
        Assert.Contains("<script type=\"module\" src=\"/assets/app-1.js\"></script>", html, StringComparison.Ordinal);
        Assert.Contains("<div id=\"app\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_RawHtml_IsText()
    {
        var html = await RenderAsync("<script>alert(1)</script>");

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenderAsync_LinkToNowhere_IsNamedWithItsLine()
    {
        var e = await Assert.ThrowsAsync<PageException>(() => RenderAsync("One\n\n[two](/gone#part)"));

        Assert.Equal("pages/p.md(7): The link to /gone leads nowhere. Add that page or correct the link.", e.Message);
    }

    [Theory]
    [InlineData("paper", null, "pages/p.md(1): There is no layout \"paper\". Use one of: page, form, app.")]
    [InlineData("app", "gone", "pages/p.md(1): There is no script app/pages/gone.tsx. Add it or correct the name.")]
    public async Task RenderAsync_UnknownName_IsRefused(string layout, string? script, string message)
    {
        var e = await Assert.ThrowsAsync<PageException>(() => RenderAsync("", layout, script));

        Assert.Equal(message, e.Message);
    }

    private static async Task<string> RenderAsync(string markdown, string layout = "page", string? script = null)
    {
        var page = new PageSource("pages/p.md", "p.html", "Title", "Words", layout, script, markdown, BodyLine: 5);
        await using var renderer = new PageRenderer(Assets, new Icons("static-web"), [page]);
        return await renderer.RenderAsync(page);
    }
}
