using AngleSharp.Dom;

namespace TimeTagger.SiteBuilder.Checks;

/// <summary>Follows the references of pages within the site: to pages, files and fragments.</summary>
internal sealed class LinkCheck(IReadOnlyList<CheckedPage> pages, IEnumerable<string> files)
{
    private static readonly Uri Site = new("https://site.invalid");

    private readonly Dictionary<string, CheckedPage> _pages = pages.ToDictionary(
        page => page.Address,
        StringComparer.Ordinal
    );

    private readonly HashSet<string> _files = files.ToHashSet(StringComparer.Ordinal);

    /// <summary>What leads nowhere.</summary>
    public IEnumerable<SiteBuildException> Of(CheckedPage page) =>
        from element in page.Document.All
        from reference in References.Of(element)
        let problem = ProblemOf(page, reference)
        where problem is not null
        let line = page.LineOf(reference)
        select new BrokenLinkException(page.Name, line, problem + (line is null ? page.PlaceOf(element) : ""));

    private string? ProblemOf(CheckedPage page, string reference)
    {
        if (
            References.IsScript(reference)
            || !Uri.TryCreate(new Uri(Site, page.Address), reference, out var target)
            || !target.GetLeftPart(UriPartial.Authority).Equals(Site.OriginalString, StringComparison.Ordinal)
        )
        {
            return null; // not the site's own; PolicyCheck decides whether it may be there
        }

        var path = Uri.UnescapeDataString(target.AbsolutePath);
        if (path.StartsWith("/api/", StringComparison.Ordinal) || path == "/status" || _files.Contains(path))
        {
            return null;
        }

        if (!_pages.TryGetValue(path, out var leadsTo))
        {
            return Nearest(path) is { } near
                ? $"The link to {reference} is redirected. Write {near}."
                : $"The link to {reference} leads nowhere. Add that page or correct the link.";
        }

        var fragment = Uri.UnescapeDataString(target.Fragment.TrimStart('#'));
        // A fragment with an equals sign is a word to the page's script.
        return
            fragment.Length == 0 || fragment.Contains('=', StringComparison.Ordinal) || leadsTo.Ids.Contains(fragment)
            ? null
            : $"The link to {reference} leads to no part of that page: nothing has the id \"{fragment}\". Correct the link.";
    }

    private string? Nearest(string path)
    {
        var bare = path.EndsWith(".html", StringComparison.Ordinal) ? path[..^".html".Length] : path.TrimEnd('/');
        string[] candidates = [bare, $"{bare}/", bare.EndsWith("/index", StringComparison.Ordinal) ? bare[..^5] : bare];
        return Array.Find(candidates, _pages.ContainsKey);
    }
}
