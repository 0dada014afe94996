using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>The sources of the site in a folder of their own, to be changed; only the npm packages are shared.</summary>
internal sealed class SiteSources : IDisposable
{
    private static readonly string[] NotSource = ["node_modules", "dist", ".stamps", "bin", "obj"];
    private readonly TemporaryFolder _folder = new();

    public SiteSources()
    {
        Copy(Path.Combine(LocalProgram.RepositoryRoot, "docs"), Path.Combine(_folder.Path, "docs"));
        Copy(Path.Combine(LocalProgram.RepositoryRoot, "static-web"), Folder);
        Directory.CreateSymbolicLink(
            Path.Combine(Folder, "node_modules"),
            Path.Combine(LocalProgram.RepositoryRoot, "static-web", "node_modules")
        );
    }

    public string Folder => Path.Combine(_folder.Path, "static-web");

    public void Append(string name, string text) => File.AppendAllText(Path.Combine(_folder.Path, name), text);

    /// <summary>Changes a file, and returns what takes the change back.</summary>
    public Action Change(string name, string text)
    {
        var file = Path.Combine(_folder.Path, name);
        var before = File.ReadAllText(file);
        File.WriteAllText(file, text);
        return () => File.WriteAllText(file, before);
    }

    public void Dispose() => _folder.Dispose();

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
