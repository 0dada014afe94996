using System.Globalization;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using TimeTagger.SiteBuilder.Stages;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>
/// The documents of the repository (<c>docs/**/*.md</c>) as pages below <c>/docs/</c>. They have no front matter, since
/// they are read in the repository too: the first heading is the title, the first paragraph the description.
/// </summary>
internal static class DocsFolder
{
    private const string FolderName = "docs";
    private const string DocsLayout = "docs";
    private const string IndexPath = $"{FolderName}/index.html";
    private const int DescriptionLength = 160;

    /// <summary>The documents, and their index unless a page or a document is that already.</summary>
    /// <param name="hasIndex">Whether one of the pages is the index.</param>
    public static IReadOnlyList<PageSource> Read(string folder, bool hasIndex)
    {
        var pages = SourceFiles
            .In(folder, "*.md")
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(name => Parse(name, File.ReadAllText(Path.Combine(folder, name))))
            .ToList();
        return hasIndex || pages.Exists(page => page.Path == IndexPath) ? pages : [Index(pages), .. pages];
    }

    /// <summary>A document as a page.</summary>
    /// <param name="name">The path below the folder.</param>
    /// <exception cref="PageException">It has no heading.</exception>
    public static PageSource Parse(string name, string text)
    {
        var file = $"{FolderName}/{name}";
        var markdown = text.ReplaceLineEndings("\n");
        var document = PageMarkdown.Parse(markdown, isDocument: true);
        var title =
            document.OfType<HeadingBlock>().FirstOrDefault()
            ?? throw new PageException(file, 1, "A document begins with its title: a line \"# …\".");
        var paragraph = document.OfType<ParagraphBlock>().FirstOrDefault();
        return new PageSource(
            file,
            $"{FolderName}/{PathOf(name)}",
            PageMarkdown.PlainText(title.Inline),
            Shorten(PageMarkdown.PlainText(paragraph?.Inline)),
            Layouts.Has(DocsLayout) ? DocsLayout : PageSource.DefaultLayout,
            Script: null,
            PageSource.DefaultLang,
            markdown,
            BodyLine: 1
        )
        {
            IsDocument = true,
        };
    }

    private static string PathOf(string name)
    {
        var path = Path.ChangeExtension(name, ".html");
        return Path.GetFileName(path) == "README.html" ? path[..^"README.html".Length] + "index.html" : path;
    }

    /// <summary>A list of all of them: those at the top, then each folder under its own index.</summary>
    private static PageSource Index(IReadOnlyList<PageSource> pages)
    {
        var lines = pages
            .GroupBy(page => Path.GetDirectoryName(page.Path) ?? "", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(Section);
        return new PageSource(
            $"{FolderName}/",
            IndexPath,
            "Documentation",
            "How to run TimeTagger, to speak to it, and to work on it.",
            Layouts.Has(DocsLayout) ? DocsLayout : PageSource.DefaultLayout,
            Script: null,
            PageSource.DefaultLang,
            string.Join('\n', ["# Documentation", .. lines]),
            BodyLine: 1
        );

        static IEnumerable<string> Section(IGrouping<string, PageSource> group)
        {
            var index = group.FirstOrDefault(page => page.Path == $"{group.Key}/index.html");
            var name = group.Key == FolderName ? null : index?.Title ?? FolderTitle(group.Key);
            string[] heading = name is null ? [] : ["", $"## {name}"];
            var entries = group.OrderBy(page => page == index ? -1 : NumberOf(page.Title));
            return [.. heading, "", .. entries.Select(page => $"- [{page.Title}]({page.Address})")];
        }
    }

    // "10 Limits" comes after "9 Reset".
    private static int NumberOf(string title) =>
        int.TryParse(title.Split(' ', '.')[0], CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string FolderTitle(string path) =>
        Path.GetFileName(path) is "adr" ? "Decisions" : Path.GetFileName(path);

    private static string Shorten(string text)
    {
        if (text.Length <= DescriptionLength)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', DescriptionLength - 1);
        return text[..(end < 0 ? DescriptionLength - 1 : end)].TrimEnd('.', ',', ';', ':') + " …";
    }
}
