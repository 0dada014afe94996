namespace TimeTagger.SiteBuilder;

/// <summary>Where the site's source lies and where the built site goes, as full paths.</summary>
internal sealed record SiteOptions(string Source, string Out)
{
    private const string SourceName = "static-web";

    /// <summary>Reads the command line; finds the source in or above the current directory when it is not given.</summary>
    /// <exception cref="SiteBuildException">An argument is unknown, or the source is not to be found.</exception>
    public static SiteOptions Parse(IReadOnlyList<string> args, string currentDirectory)
    {
        string? source = null;
        string? output = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            if (name is not ("--source" or "--out"))
            {
                throw new UsageException($"The argument \"{args[i]}\" is not known.");
            }

            value ??= ++i < args.Count ? args[i] : throw new UsageException($"{name} needs a folder.");
            if (name == "--source")
            {
                source = Path.GetFullPath(value, currentDirectory);
            }
            else
            {
                output = Path.GetFullPath(value, currentDirectory);
            }
        }

        source ??= FindSource(currentDirectory);
        if (!IsSource(source))
        {
            throw new SourceNotFoundException($"{source} is not the site's source: it has no package.json and pages.");
        }

        return new SiteOptions(source, Path.TrimEndingDirectorySeparator(output ?? Path.Combine(source, "dist")));
    }

    private static string FindSource(string currentDirectory)
    {
        for (var folder = new DirectoryInfo(currentDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var candidate in (string[])[Path.Combine(folder.FullName, SourceName), folder.FullName])
            {
                if (IsSource(candidate))
                {
                    return candidate;
                }
            }
        }

        throw new SourceNotFoundException(
            $"The folder {SourceName} was not found in or above {currentDirectory}. Run the command inside the repository, or name the folder with --source."
        );
    }

    private static bool IsSource(string folder) =>
        File.Exists(Path.Combine(folder, "package.json")) && Directory.Exists(Path.Combine(folder, "pages"));
}
