using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>Blocks of code, in colours by classes. They can be wider than the screen, so the keyboard can scroll them.</summary>
internal sealed class MarkedUpCodeRenderer(Func<FencedCodeBlock, string?> markUp) : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        renderer.EnsureLine();
        var fenced = block as FencedCodeBlock;
        if (fenced is not null && markUp(fenced) is { } html)
        {
            renderer.Write("<pre tabindex=\"0\"><code class=\"hljs language-").WriteEscape(fenced.Info).Write("\">");
            renderer.Write(html).WriteLine();
        }
        else
        {
            renderer.Write("<pre tabindex=\"0\"><code>");
            renderer.WriteLeafRawLines(block, writeEndOfLines: true, escape: true);
        }

        renderer.WriteLine("</code></pre>");
    }
}
