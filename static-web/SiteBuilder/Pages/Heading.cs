namespace TimeTagger.SiteBuilder.Pages;

/// <summary>A heading of a page, for tables of contents.</summary>
/// <param name="Level">2 for a section, 3 and 4 for what lies in it; the page's title (1) is not in the list.</param>
/// <param name="Id">The fragment that leads there.</param>
internal sealed record Heading(int Level, string Id, string Text);

/// <summary>The text of a page as HTML, with its headings.</summary>
internal sealed record PageText(string Html, IReadOnlyList<Heading> Headings);
