using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>A link of a page, with the line of the source it stands on.</summary>
internal sealed record SourceLink(string Url, int Line);

/// <summary>
/// Turns links between sources (<c>../operations.md#ports</c>) into links between pages (<c>/docs/operations#ports</c>).
/// </summary>
/// <param name="root">The folder of the repository.</param>
internal sealed class SourceLinks(string root, IEnumerable<PageSource> pages)
{
    private readonly Dictionary<string, string> _addresses = pages
        .GroupBy(page => page.File, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Address, StringComparer.Ordinal);

    /// <summary>Rewrites the links of a page.</summary>
    /// <returns>All its links as they are now.</returns>
    /// <exception cref="BrokenLinkException">A link names a file that there is not.</exception>
    public IReadOnlyList<SourceLink> Rewrite(PageSource page, MarkdownDocument document)
    {
        var links = new List<SourceLink>();
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            var line = page.BodyLine + link.Line;
            var (target, fragment) = link.Url?.Split('#', 2) is [var t, var f] ? (t, $"#{f}") : (link.Url ?? "", "");
            if (!IsFile(target))
            {
                links.Add(new SourceLink(link.Url ?? "", line));
            }
            else if (AddressOf(page, target, line) is { } address)
            {
                link.Url = address + fragment;
                links.Add(new SourceLink(link.Url, line));
            }
            else
            {
                Unwrap(link);
            }
        }

        return links;
    }

    private static bool IsFile(string target) =>
        target.Length > 0 && target[0] != '/' && !Uri.TryCreate(target, UriKind.Absolute, out _);

    /// <returns>The address, or null for a file of the repository that the site does not have.</returns>
    private string? AddressOf(PageSource page, string target, int line)
    {
        var folder = Path.GetDirectoryName(Path.Combine(root, page.File)) ?? root;
        var path = Path.GetFullPath(Uri.UnescapeDataString(target), folder);
        var name = Path.GetRelativePath(root, path).Replace('\\', '/');
        if (_addresses.TryGetValue(name, out var address) || _addresses.TryGetValue($"{name}/README.md", out address))
        {
            return address;
        }

        return page.IsDocument && (File.Exists(path) || Directory.Exists(path))
            ? null
            : throw new BrokenLinkException(
                page.File,
                line,
                $"The link to {target} leads to no page: there is no {name}. Correct the link."
            );
    }

    /// <summary>Leaves what a link says, without the link.</summary>
    private static void Unwrap(LinkInline link)
    {
        foreach (var child in link.ToList())
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }
}
