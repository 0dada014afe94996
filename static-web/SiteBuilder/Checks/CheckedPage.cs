using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TimeTagger.SiteBuilder.Pages;

namespace TimeTagger.SiteBuilder.Checks;

/// <summary>A finished page as a browser understands it.</summary>
internal sealed class CheckedPage(RenderedPage page, IHtmlDocument document)
{
    public IHtmlDocument Document => document;

    public string Address => page.Source.Address;

    /// <summary>The source, as messages name it.</summary>
    public string Name => page.Source.File;

    /// <summary>The fragments that lead somewhere in this page.</summary>
    public IReadOnlySet<string> Ids { get; } =
        document.All.Select(element => element.GetAttribute("id")).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>The line of the source on which a reference stands, or null when it is not in its text.</summary>
    public int? LineOf(string reference) => page.Links.FirstOrDefault(link => link.Url == reference)?.Line;

    /// <summary>Where an element is that the text of the page does not have: in which layout, and in which line of it all.</summary>
    public string PlaceOf(IElement element) =>
        element.SourceReference?.Position.Line is { } line
            ? $" It comes from the layout \"{page.Source.Layout}\" (line {line} of the finished page)."
            : $" It comes from the layout \"{page.Source.Layout}\".";
}
