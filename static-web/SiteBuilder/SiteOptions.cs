using TimeTagger.SiteBuilder.Deployment;

namespace TimeTagger.SiteBuilder;

/// <summary>Where the site's source lies and where the built site goes, as full paths, and for whom it is built.</summary>
/// <param name="Watches">Whether to build again whenever a source changes.</param>
internal sealed record SiteOptions(string Source, string Out, DeploymentValues Deployment, bool Watches = false)
{
    public const string Usage =
        "[--source static-web] [--out static-web/dist] [--api-origin <origin>] [--authority <address>] [--client-id <id>] [--watch]";

    /// <summary>The configuration of Static Web Apps, in the source and in the built site.</summary>
    public const string ConfigName = "staticwebapp.config.json";

    private const string SourceName = "static-web";

    private static readonly string[] WithValue = ["--source", "--out", .. DeploymentValues.Arguments];

    /// <summary>The folder in which the source lies: messages name files below it.</summary>
    public string Root => Path.GetDirectoryName(Source) ?? Source;

    /// <summary>The documents of the repository, or null where there are none.</summary>
    public string? Docs => Path.Combine(Root, "docs") is var docs && Directory.Exists(docs) ? docs : null;

    /// <summary>The name of a file of the source, in messages: from the repository's folder.</summary>
    public string NameOf(string pathInSource) => $"{Path.GetFileName(Source)}/{pathInSource}";

    /// <summary>Reads the command line; finds the source in or above the current directory when it is not given.</summary>
    /// <param name="environment">A variable of the environment, for what is not an argument.</param>
    /// <exception cref="SiteBuildException">An argument is unknown, or the source is not to be found.</exception>
    public static SiteOptions Parse(
        IReadOnlyList<string> args,
        string currentDirectory,
        Func<string, string?> environment
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var watches = false;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            if (name == "--watch" && value is null)
            {
                watches = true;
            }
            else if (WithValue.Contains(name))
            {
                values[name] =
                    value ?? (++i < args.Count ? args[i] : throw new UsageException($"{name} needs a value."));
            }
            else
            {
                throw new UsageException($"The argument \"{args[i]}\" is not known.");
            }
        }

        var source = values.TryGetValue("--source", out var given)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(given, currentDirectory))
            : FindSource(currentDirectory);
        if (!IsSource(source))
        {
            throw new SourceNotFoundException($"{source} is not the site's source: it has no package.json and pages.");
        }

        var output = values.TryGetValue("--out", out var folder)
            ? Path.GetFullPath(folder, currentDirectory)
            : Path.Combine(source, "dist");
        return new SiteOptions(
            source,
            Path.TrimEndingDirectorySeparator(output),
            DeploymentValues.Parse(values, environment),
            watches
        );
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
