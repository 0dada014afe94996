namespace TimeTagger.SiteBuilder.Stages;

/// <summary>Which files of the sources the site is made of; <c>build/sources.mjs</c> has the same rule.</summary>
internal static class SourceFiles
{
    /// <summary>The paths of all files below a folder that belong to the site.</summary>
    /// <param name="pattern">A pattern of file names, such as <c>*.md</c>.</param>
    public static IEnumerable<string> In(string folder, string pattern = "*") =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Where(Belongs);

    /// <summary>Tests are no part of the site, and editors keep files of their own for a moment.</summary>
    public static bool Belongs(string path) =>
        !Path.GetFileName(path).Contains(".test.", StringComparison.Ordinal)
        && Path.GetFileName(path) is not (['.', '#', ..] or [.., '~'] or [.., '.', 's', 'w', 'p']);
}
