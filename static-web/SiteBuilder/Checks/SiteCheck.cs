using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TimeTagger.SiteBuilder.Pages;

namespace TimeTagger.SiteBuilder.Checks;

/// <summary>Reads the finished pages as a browser does, and finds what would be broken or forbidden in them.</summary>
internal static class SiteCheck
{
    /// <param name="files">The addresses of everything in the site that is not a page.</param>
    /// <exception cref="SiteBuildException">Something is wrong; if several things are, all of them are named.</exception>
    public static void Check(IReadOnlyList<RenderedPage> pages, IEnumerable<string> files)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true });
        var checkedPages = pages.Select(page => new CheckedPage(page, parser.ParseDocument(page.Html))).ToList();
        var links = new LinkCheck(checkedPages, files);
        var problems = checkedPages
            .SelectMany(page => PolicyCheck.Of(page).Concat(DuplicateIds(page)).Concat(links.Of(page)))
            .DistinctBy(problem => problem.Message)
            .ToList();
        switch (problems)
        {
            case []:
                return;
            case [var only]:
                throw only;
            default:
                throw new SeveralProblemsException(problems);
        }
    }

    private static IEnumerable<SiteBuildException> DuplicateIds(CheckedPage page) =>
        page
            .Document.All.Where(element => element.HasAttribute("id"))
            .GroupBy(element => element.Id, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => new DuplicateIdException(
                page.Name,
                null,
                $"The id \"{group.Key}\" is on {group.Count()} elements. Give one of them another, as in \"## Heading {{#other}}\"."
            ));
}
