using System.Security.Cryptography;
using System.Text;

namespace TimeTagger.SiteBuilder.Output;

/// <summary>A hash over everything the built site depends on.</summary>
internal static class Fingerprint
{
    private static readonly string[] Folders = ["app", "assets", "build", "pages", "strings", "styles"];

    private static readonly string[] Files =
    [
        ".npmrc",
        "build.mjs",
        "package-lock.json",
        "package.json",
        "staticwebapp.config.json",
        "tsconfig.json",
    ];

    /// <summary>The fingerprint of a source folder, built with this version of the program and of Node.</summary>
    public static async Task<string> OfAsync(string source, string nodeVersion, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The layouts are compiled into this program, so its own identity stands for them.
        Append(hash, $"{nodeVersion}\n{typeof(Fingerprint).Assembly.ManifestModule.ModuleVersionId}\n");
        foreach (var path in Inputs(source))
        {
            Append(hash, Path.GetRelativePath(source, path).Replace('\\', '/') + "\n");
            hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellation)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Inputs(string source) =>
        Folders
            .Select(name => Path.Combine(source, name))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Files.Select(name => Path.Combine(source, name)).Where(File.Exists))
            .Where(path => !path.Contains(".test.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
