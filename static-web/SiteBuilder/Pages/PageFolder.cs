using TimeTagger.SiteBuilder.Stages;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>All pages of the site: those of <c>pages/</c>, and the documents of the repository.</summary>
internal static class PageFolder
{
    private const string FolderName = "pages";
    private const string DocsAddress = "/docs/";

    /// <exception cref="SiteBuildException">A page is not well-formed, or two have the same address.</exception>
    public static IReadOnlyList<PageSource> Read(SiteOptions options)
    {
        var folder = Path.Combine(options.Source, FolderName);
        var pages = SourceFiles
            .In(folder, "*.md")
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(name =>
                PageSource.Parse(
                    options.NameOf($"{FolderName}/{name}"),
                    Path.ChangeExtension(name, ".html"),
                    File.ReadAllText(Path.Combine(folder, name))
                )
            )
            .ToList();
        if (options.Docs is { } docs)
        {
            pages.AddRange(DocsFolder.Read(docs, pages.Exists(page => page.Address == DocsAddress)));
        }

        foreach (var same in pages.GroupBy(page => page.Address, StringComparer.OrdinalIgnoreCase))
        {
            if (same.ElementAtOrDefault(1) is { } second)
            {
                throw new PageAddressException(second.File, same.First().File, same.Key);
            }
        }

        return pages;
    }
}
