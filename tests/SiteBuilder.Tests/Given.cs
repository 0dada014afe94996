using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Pages;
using TimeTagger.SiteBuilder.Stages;

namespace TimeTagger.SiteBuilder.Tests;

/// <summary>Parts of a small site.</summary>
internal static class Given
{
    public static ClientAssets Assets { get; } =
        new(
            new Dictionary<string, ScriptAsset>(StringComparer.Ordinal)
            {
                ["app"] = new("assets/app-1.js", ["assets/shared-1.js"], ["assets/later-1.js", "assets/shared-1.js"]),
            },
            new SiteOfEverything("assets/{0}-1.css"),
            new SiteOfEverything("assets/{0}")
        );

    public static PageSource Page(
        string markdown = "",
        string path = "p.html",
        string layout = "page",
        string? script = null,
        string lang = "en",
        string? file = null
    ) =>
        new(
            file ?? $"static-web/pages/{Path.ChangeExtension(path, ".md")}",
            path,
            "Title",
            "Words",
            layout,
            script,
            lang,
            markdown,
            BodyLine: 5
        );

    /// <summary>Renders pages of one site; code is marked up with stars.</summary>
    public static async Task<IReadOnlyList<RenderedPage>> RenderedAsync(params IReadOnlyList<PageSource> pages)
    {
        var icons = new Icons(SiteOptions.Parse([], AppContext.BaseDirectory, _ => null).Source);
        await using var renderer = new PageRenderer(Assets, icons, pages, new SourceLinks("/nowhere", pages));
        var blocks = renderer.Code.Select(code => code.Language == "sh" ? $"<b>{code.Text}</b>" : null);
        return await renderer.RenderAsync(new CodeMarkup(["sh", "json"], [.. blocks]));
    }

    /// <summary>Whatever a layout asks for is there.</summary>
    private sealed class SiteOfEverything(string form) : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        bool IReadOnlyDictionary<string, string>.TryGetValue(string key, out string value)
        {
            value = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, key);
            return true;
        }
    }
}
