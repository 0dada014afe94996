using TimeTagger.SiteBuilder.Deployment;
using TimeTagger.SiteBuilder.Tools;

namespace TimeTagger.SiteBuilder.Tests;

/// <summary>The real site in a folder of its own, to be changed and built; only the npm packages are shared.</summary>
internal sealed class SiteCopy : IDisposable
{
    private static readonly string[] NotSource = ["node_modules", "dist", ".stamps", "SiteBuilder", "bin", "obj"];
    private static readonly SiteOptions Original = SiteOptions.Parse([], AppContext.BaseDirectory, _ => null);
    private static readonly Lazy<Task> Packages = new(() =>
        ClientPackages.InstallAsync(Original.Source, TextWriter.Null, CancellationToken.None)
    );

    private readonly TemporaryFolder _folder = new();

    public SiteCopy()
    {
        Options = new SiteOptions(
            Path.Combine(_folder.Path, "static-web"),
            Path.Combine(_folder.Path, "static-web", "dist"),
            DeploymentValues.None
        );
        Copy(Original.Source, Options.Source);
        Copy(Original.Docs!, Path.Combine(_folder.Path, "docs"));
        Directory.CreateSymbolicLink(
            Path.Combine(Options.Source, "node_modules"),
            Path.Combine(Original.Source, "node_modules")
        );
    }

    public SiteOptions Options { get; init; }

    /// <summary>A file of the built site.</summary>
    public string this[string path] => File.ReadAllText(Path.Combine(Options.Out, path));

    /// <summary>The bytes of the built site by their paths.</summary>
    public Dictionary<string, string> Contents =>
        Directory
            .EnumerateFiles(Options.Out, "*", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetRelativePath(Options.Out, file),
                file => Convert.ToBase64String(File.ReadAllBytes(file)),
                StringComparer.Ordinal
            );

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes a file, named from the repository's folder.</summary>
    public void Write(string name, string content) => _folder.Write(name, content);

    /// <summary>Adds to the end of a file, named from the repository's folder.</summary>
    public void Append(string name, string content) => File.AppendAllText(Path.Combine(_folder.Path, name), content);

    public void Delete(string name) => File.Delete(Path.Combine(_folder.Path, name));

    /// <summary>Builds; whether there was anything to do, what was printed, and which stages had to run.</summary>
    public async Task<(bool Built, string Log, IReadOnlyList<string> Stages)> BuildAsync()
    {
        await Packages.Value;
        var before = StageTimes();
        using var log = new StringWriter();
        await using var site = new Site(Options);
        var built = await site.BuildAsync(log, CancellationToken.None) is not null;
        var ran = StageTimes().Except(before).Select(stage => stage.Name).Order(StringComparer.Ordinal);
        return (built, log.ToString(), [.. ran]);
    }

    private HashSet<(string Name, DateTime Made)> StageTimes()
    {
        var stages = new DirectoryInfo(Path.Combine(Options.Source, ".stamps", "dist.stages"));
        return stages.Exists
            ?
            [
                .. stages
                    .EnumerateDirectories()
                    .Select(stage => (stage.Name, File.GetLastWriteTimeUtc(Path.Combine(stage.FullName, "key")))),
            ]
            : [];
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            if (entry is FileInfo file)
            {
                file.CopyTo(Path.Combine(to, file.Name));
            }
            else if (!NotSource.Contains(entry.Name))
            {
                Copy(entry.FullName, Path.Combine(to, entry.Name));
            }
        }
    }
}
