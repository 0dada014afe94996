using AngleSharp.Dom;

namespace TimeTagger.SiteBuilder.Checks;

/// <summary>Finds what the content security policy forbids: a browser would leave it out, and only say so in its console.</summary>
internal static class PolicyCheck
{
    /// <summary>What is forbidden in a page.</summary>
    public static IEnumerable<SiteBuildException> Of(CheckedPage page) =>
        page.Document.All.SelectMany(element =>
            ProblemsOf(element)
                .Select(problem => new ForbiddenMarkupException(page.Name, null, problem + page.PlaceOf(element)))
        );

    private static IEnumerable<string> ProblemsOf(IElement element)
    {
        var tag = $"<{element.LocalName}>";
        if (element.HasAttribute("style"))
        {
            yield return $"A {tag} has a style attribute. Use a class and a style sheet.";
        }

        foreach (var name in element.Attributes.Select(a => a.Name).Where(IsHandler))
        {
            yield return $"A {tag} has the attribute {name}. Listen to the event in a script.";
        }

        switch (element.LocalName)
        {
            case "style":
                yield return "There is a <style>. Use a style sheet.";
                break;
            case "script" when !element.HasAttribute("src") || element.TextContent.Length > 0:
                yield return "There is a script in the page itself. Put it into app/pages and name it in the front matter.";
                break;
            case "base" or "iframe" or "object" or "embed":
                yield return $"There is a {tag}, which the site's policy does not let work. Do without.";
                break;
        }

        foreach (var reference in References.Of(element).Where(References.IsScript))
        {
            yield return $"A {tag} has the address {reference}. Use a script.";
        }

        foreach (var reference in References.Fetched(element).Where(IsForeign))
        {
            yield return $"A {tag} fetches {reference} from elsewhere. Put it into assets.";
        }
    }

    private static bool IsHandler(string name) => name.StartsWith("on", StringComparison.OrdinalIgnoreCase);

    private static bool IsForeign(string reference) =>
        reference.StartsWith("//", StringComparison.Ordinal)
        || (
            Uri.TryCreate(reference, UriKind.Absolute, out var uri) && uri.Scheme is not ("data" or "file") // a rooted path is a file to the class, and the site's own here
        );
}
