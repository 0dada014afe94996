using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>The Markdown of pages, and what the site makes of it.</summary>
internal static class PageMarkdown
{
    private const int LowestListedLevel = 4;

    private static readonly MarkdownPipeline Pages = Basic().UseCustomContainers().UseGenericAttributes().Build();

    // In the repository braces are braces.
    private static readonly MarkdownPipeline Documents = Basic().Build();

    /// <summary>Parses the text of a page; its headings have ids as on GitHub.</summary>
    public static MarkdownDocument Parse(string markdown, bool isDocument) =>
        Markdown.Parse(markdown, isDocument ? Documents : Pages);

    /// <summary>The HTML of a page.</summary>
    /// <param name="code">The HTML of a block of code, or null to leave it as it is.</param>
    public static string ToHtml(MarkdownDocument document, bool isDocument, Func<FencedCodeBlock, string?> code)
    {
        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        (isDocument ? Documents : Pages).Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new AnchoredHeadingRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new MarkedUpCodeRenderer(code));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ClassedTableRenderer());
        renderer.Render(document);

        // A corner without words heads nothing: for a screen reader it is no header.
        return text.ToString().Replace("<th></th>", "<td></td>", StringComparison.Ordinal);
    }

    /// <summary>The headings below the title.</summary>
    public static IReadOnlyList<Heading> HeadingsOf(MarkdownDocument document) =>
        [
            .. document
                .Descendants<HeadingBlock>()
                .Where(heading => heading.Level is > 1 and <= LowestListedLevel)
                .Select(heading => new Heading(
                    heading.Level,
                    heading.TryGetAttributes()?.Id ?? "",
                    PlainText(heading.Inline)
                )),
        ];

    /// <summary>The text without its marks.</summary>
    public static string PlainText(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines?.Descendants() ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content);
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded);
                    break;
            }
        }

        return text.ToString();
    }

    // No raw HTML in pages: what the content security policy forbids can then hardly be written by accident.
    private static MarkdownPipelineBuilder Basic() =>
        new MarkdownPipelineBuilder().DisableHtml().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePipeTables();
}
