using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TimeTagger.SiteBuilder.Templates.Drawings;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>Drawings of ours inside pages: <c>![What it shows](drawing:day)</c> becomes the SVG of templates/drawings.</summary>
internal static class Drawings
{
    private const string Scheme = "drawing:";

    private static readonly Dictionary<string, Type> Known = new(StringComparer.Ordinal)
    {
        ["blank"] = typeof(Blank),
        ["carried"] = typeof(Carried),
        ["day"] = typeof(Day),
        ["kept"] = typeof(Kept),
        ["weeks"] = typeof(Weeks),
    };

    /// <summary>Puts the drawings in their places.</summary>
    /// <exception cref="PageException">There is no such drawing, or nothing says what it shows.</exception>
    public static async Task PlaceAsync(PageSource page, MarkdownDocument document, HtmlRenderer renderer)
    {
        foreach (var link in document.Descendants<LinkInline>().Where(IsDrawing).ToList())
        {
            var name = link.Url![Scheme.Length..];
            var line = page.BodyLine + link.Line;
            if (!Known.TryGetValue(name, out var drawing))
            {
                var names = string.Join(", ", Known.Keys);
                throw new PageException(page.File, line, $"There is no drawing \"{name}\". Use one of: {names}.");
            }

            if ((link.FirstChild as LiteralInline)?.Content.ToString() is not { Length: > 0 } label)
            {
                throw new PageException(page.File, line, "Say between the brackets what the drawing shows.");
            }

            var parameters = ParameterView.FromDictionary(
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["Label"] = label }
            );
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync(drawing, parameters)).ToHtmlString()
            );
            link.ReplaceBy(new HtmlInline(html.Trim()), copyChildren: false);
        }
    }

    private static bool IsDrawing(LinkInline link) =>
        link.IsImage && link.Url?.StartsWith(Scheme, StringComparison.Ordinal) == true;
}
