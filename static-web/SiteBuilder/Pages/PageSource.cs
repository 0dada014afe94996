namespace TimeTagger.SiteBuilder.Pages;

/// <summary>A page as written: its front matter and its Markdown.</summary>
/// <param name="File">The path from the repository's folder, which messages name.</param>
/// <param name="Path">The path of the page below the site's root, such as <c>app/index.html</c>.</param>
/// <param name="Layout">The name of a layout of <c>templates/</c>.</param>
/// <param name="Script">The entry point in <c>app/pages</c> that fills the page, if one does.</param>
/// <param name="Lang">The language, such as <c>en</c>.</param>
/// <param name="BodyLine">The line of the file, counted from 1, on which <paramref name="Markdown"/> begins.</param>
internal sealed record PageSource(
    string File,
    string Path,
    string Title,
    string Description,
    string Layout,
    string? Script,
    string Lang,
    string Markdown,
    int BodyLine
)
{
    /// <summary>The language of pages that name none.</summary>
    public const string DefaultLang = "en";

    /// <summary>The layout of pages that name none.</summary>
    public const string DefaultLayout = "page";

    /// <summary>Whether it is a document of the repository, written to be read there as well.</summary>
    public bool IsDocument { get; init; }

    /// <summary>The address: that of <c>login.html</c> is <c>/login</c>, that of <c>app/index.html</c> is <c>/app/</c>.</summary>
    public string Address
    {
        get
        {
            var name = System.IO.Path.ChangeExtension(Path, null);
            return name == "index" ? "/"
                : name.EndsWith("/index", StringComparison.Ordinal) ? $"/{name[..^"index".Length]}"
                : $"/{name}";
        }
    }

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="FrontMatterException">The front matter is missing or wrong.</exception>
    public static PageSource Parse(string file, string path, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var matter = FrontMatter.Read(file, lines);
        return new PageSource(
            file,
            path,
            matter.Required("title"),
            matter.Required("description"),
            matter.Optional("layout") ?? DefaultLayout,
            matter.Optional("script"),
            matter.Optional("lang") ?? DefaultLang,
            string.Join('\n', lines[(matter.BodyLine - 1)..]),
            matter.BodyLine
        );
    }
}
