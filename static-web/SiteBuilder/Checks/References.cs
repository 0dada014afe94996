using AngleSharp.Dom;

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
            .Concat(SourceSet(element.GetAttribute("srcset")))
            .Concat(SourceSet(element.GetAttribute("imagesrcset")));

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

    private static IEnumerable<string> SourceSet(string? text) =>
        (text ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(candidate => candidate.Split(' ')[0]);
}
