using AngleSharp.Dom;
using AngleSharp.Html;

namespace TimeTagger.SiteBuilder.Checks;

/// <summary>The addresses that elements of a page refer to.</summary>
internal static class References
{
    private static readonly string[] Names = ["href", "src", "poster", "action", "formaction", "data", "xlink:href"];

    /// <summary>All addresses of an element.</summary>
    public static IEnumerable<string> Of(IElement element) =>
        Names
            .Select(element.GetAttribute)
            .OfType<string>()
            .Concat(Candidates(element.GetAttribute("srcset")))
            .Concat(Candidates(element.GetAttribute("imagesrcset")));

    /// <summary>The addresses that a browser fetches because of this element, without anybody following a link.</summary>
    public static IEnumerable<string> Fetched(IElement element) =>
        element.LocalName is "a" or "area" or "form" or "button" ? []
        : element.LocalName is "link" && IsOnlyALink(element) ? []
        : Of(element);

    /// <summary>Whether it runs as a script. Browsers read over blanks and line breaks.</summary>
    public static bool IsScript(string reference) =>
        string.Concat(reference.Where(c => c > ' ')).StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);

    private static bool IsOnlyALink(IElement element) =>
        element.GetAttribute("rel")
            is "canonical"
                or "alternate"
                or "author"
                or "license"
                or "help"
                or "next"
                or "prev";

    // The class leaves a comma at the beginning where there was a blank before it.
    private static IEnumerable<string> Candidates(string? set) =>
        SourceSet.Parse(set ?? "").Select(candidate => candidate.Url?.TrimStart(',')).OfType<string>();
}
