using System.Security.Cryptography;
using System.Text;

namespace TimeTagger.SiteBuilder.Stages;

/// <summary>Hashes of everything that the site is made of, by what depends on it.</summary>
internal sealed record Inputs
{
    /// <summary>The npm packages, the scripts that use them, and the Node that runs those.</summary>
    public required string Tools { get; init; }

    /// <summary>The client's TypeScript and its strings.</summary>
    public required string Scripts { get; init; }

    /// <summary>The service worker's TypeScript.</summary>
    public required string Worker { get; init; }

    /// <summary>The style sheets.</summary>
    public required string Styles { get; init; }

    /// <summary>The files of <c>assets</c>.</summary>
    public required string Files { get; init; }

    /// <summary>The pages, and the documents of the repository.</summary>
    public required string Pages { get; init; }

    /// <summary>The configuration, and the values of the deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>This program; the layouts are compiled into it.</summary>
    public string Program { get; } = typeof(Inputs).Assembly.ManifestModule.ModuleVersionId.ToString();

    /// <summary>A hash over all of it.</summary>
    public string Everything => Hash(Program, Tools, Scripts, Worker, Styles, Files, Pages, Deployment);

    /// <summary>Reads them.</summary>
    /// <exception cref="IOException">A file went away meanwhile.</exception>
    public static Inputs Of(SiteOptions options, string nodeVersion) =>
        new()
        {
            Tools = Hash(nodeVersion, Of(options.Source, "build", "build.mjs", "package-lock.json", ".npmrc")),
            Scripts = Of(options.Source, "app", "strings", "tsconfig.json"),
            Worker = Of(options.Source, "worker"),
            Styles = Of(options.Source, "styles"),
            Files = Of(options.Source, "assets"),
            Pages = Hash(Of(options.Source, "pages"), options.Docs is { } docs ? Of(docs, ".") : ""),
            Deployment = Hash(
                Of(options.Source, SiteOptions.ConfigName, "package.json"),
                options.Deployment.ToString()
            ),
        };

    /// <summary>One hash of several texts.</summary>
    public static string Hash(params IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The hash of files, and of all files of folders, with their names; of those that there are.</summary>
    private static string Of(string root, params IEnumerable<string> names)
    {
        var files = names
            .Select(name => Path.Combine(root, name))
            .SelectMany(path =>
                Directory.Exists(path) ? SourceFiles.In(path)
                : File.Exists(path) ? [path]
                : []
            )
            .Select(path => (Name: Path.GetRelativePath(root, path).Replace('\\', '/'), Path: path))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        return Hash(
            files.SelectMany(file =>
                new[] { file.Name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path))) }
            )
        );
    }
}
