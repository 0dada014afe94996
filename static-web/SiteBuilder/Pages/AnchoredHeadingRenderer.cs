using System.Globalization;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>
/// Headings below the title have a link to themselves beside them, and not within: what is read aloud as the heading is
/// its text alone. The link is named by the heading, in whatever language that is.
/// </summary>
internal sealed class AnchoredHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"h{heading.Level}");
        var id = heading.Level > 1 ? heading.TryGetAttributes()?.Id : null;
        renderer.Write(id is null ? "<" : "<div class=\"heading\"><").Write(tag).WriteAttributes(heading).Write('>');
        renderer.WriteLeafInline(heading);
        renderer.Write("</").Write(tag).Write('>');
        if (id is not null)
        {
            renderer.Write("<a class=\"anchor\" href=\"#").WriteEscapeUrl(id).Write("\" aria-labelledby=\"");
            renderer.WriteEscape(id).Write("\"><span aria-hidden=\"true\">#</span></a></div>");
        }

        renderer.EnsureLine();
    }
}
