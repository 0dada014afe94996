using Markdig.Syntax;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Stages;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>A page as it goes out.</summary>
/// <param name="Links">The links of its text, by which a wrong one is found in the source.</param>
internal sealed record RenderedPage(PageSource Source, string Html, IReadOnlyList<SourceLink> Links);

/// <summary>Turns pages into HTML documents.</summary>
internal sealed class PageRenderer(ClientAssets assets, Icons icons, IReadOnlyList<PageSource> pages, SourceLinks links)
    : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(icons).BuildServiceProvider();
    private readonly List<ParsedPage> _parsed = [.. pages.Select(page => ParsedPage.Of(page, links))];

    /// <summary>Every piece of code with a language, in the order in which <see cref="RenderAsync"/> needs it.</summary>
    public IReadOnlyList<CodeText> Code => [.. _parsed.SelectMany(page => page.Code.Select(ParsedPage.TextOf))];

    /// <summary>Renders all pages.</summary>
    /// <param name="markup">The HTML of <see cref="Code"/>.</param>
    /// <exception cref="SiteBuildException">A page names something that does not exist.</exception>
    public async Task<IReadOnlyList<RenderedPage>> RenderAsync(CodeMarkup markup)
    {
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        var rendered = new List<RenderedPage>();
        var blocks = markup.Blocks.GetEnumerator();
        foreach (var page in _parsed)
        {
            var code = new Dictionary<FencedCodeBlock, string>();
            foreach (var block in page.Code)
            {
                blocks.MoveNext();
                code[block] =
                    blocks.Current
                    ?? throw new CodeLanguageException(
                        page.Source.File,
                        page.Source.BodyLine + block.Line,
                        block.Info ?? "",
                        markup.Languages
                    );
            }

            await Drawings.PlaceAsync(page.Source, page.Document, renderer);
            var text = new PageText(
                PageMarkdown.ToHtml(page.Document, page.Source.IsDocument, code.GetValueOrDefault),
                PageMarkdown.HeadingsOf(page.Document)
            );
            rendered.Add(new RenderedPage(page.Source, await RenderAsync(renderer, page.Source, text), page.Links));
        }

        return rendered;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<string> RenderAsync(HtmlRenderer renderer, PageSource page, PageText text)
    {
        var layout = LayoutOf(page);
        var model = new PageModel(page, assets, ScriptOf(page), text, pages);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model }
        );
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(layout, parameters)).ToHtmlString()
        );
        return html.ReplaceLineEndings("\n").Trim() + "\n";
    }

    private ScriptAsset? ScriptOf(PageSource page) =>
        page.Script is null ? null
        : assets.Scripts.TryGetValue(page.Script, out var script) ? script
        : throw new PageException(
            page.File,
            1,
            $"There is no script app/pages/{page.Script}.tsx. Add it or correct the name."
        );

    private static Type LayoutOf(PageSource page) =>
        Layouts.Find(page.Layout)
        ?? throw new PageException(
            page.File,
            1,
            $"There is no layout \"{page.Layout}\". Use one of: {string.Join(", ", Layouts.Names)}."
        );

    private sealed record ParsedPage(
        PageSource Source,
        MarkdownDocument Document,
        IReadOnlyList<SourceLink> Links,
        IReadOnlyList<FencedCodeBlock> Code
    )
    {
        public static ParsedPage Of(PageSource page, SourceLinks links)
        {
            var document = PageMarkdown.Parse(page.Markdown, page.IsDocument);
            var code = document.Descendants<FencedCodeBlock>().Where(block => !string.IsNullOrEmpty(block.Info));
            return new ParsedPage(page, document, links.Rewrite(page, document), [.. code]);
        }

        public static CodeText TextOf(FencedCodeBlock block) =>
            new(block.Info ?? "", block.Lines.ToString().ReplaceLineEndings("\n"));
    }
}
