namespace TimeTagger.SiteBuilder.Pages;

/// <summary>A page as written: its front matter and its Markdown.</summary>
/// <param name="File">The path that messages name.</param>
/// <param name="Path">The path of the page below the site's root, such as <c>app/index.html</c>.</param>
/// <param name="Layout"><c>page</c>, <c>form</c> or <c>app</c>.</param>
/// <param name="Script">The entry point in <c>app/pages</c> that fills the page, if one does.</param>
/// <param name="BodyLine">The line of the file, counted from 1, on which <paramref name="Markdown"/> begins.</param>
internal sealed record PageSource(
    string File,
    string Path,
    string Title,
    string Description,
    string Layout,
    string? Script,
    string Markdown,
    int BodyLine
)
{
    private const string Fence = "---";
    private static readonly string[] Names = ["title", "description", "layout", "script"];

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="PageException">The front matter is missing or wrong.</exception>
    public static PageSource Parse(string file, string path, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0] != Fence)
        {
            throw new PageException(file, 1, "A page begins with its front matter: --- on the first line.");
        }

        var end = Array.IndexOf(lines, Fence, 1);
        if (end < 0)
        {
            throw new PageException(file, 1, "The front matter has no end: add a line with --- after it.");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < end; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            var colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? lines[i].Trim() : lines[i][..colon].Trim();
            if (colon < 0 || !Names.Contains(name))
            {
                throw new PageException(file, i + 1, $"\"{name}\" is not known here. Use {string.Join(", ", Names)}.");
            }

            if (!values.TryAdd(name, lines[i][(colon + 1)..].Trim()))
            {
                throw new PageException(file, i + 1, $"\"{name}\" is given twice. Remove one.");
            }
        }

        string Required(string name) =>
            values.TryGetValue(name, out var value) && value.Length > 0
                ? value
                : throw new PageException(file, end + 1, $"The front matter has no {name}. Add a line \"{name}: …\".");

        return new PageSource(
            file,
            path,
            Required("title"),
            Required("description"),
            values.GetValueOrDefault("layout", "page"),
            values.GetValueOrDefault("script"),
            string.Join('\n', lines[(end + 1)..]),
            end + 2
        );
    }
}
