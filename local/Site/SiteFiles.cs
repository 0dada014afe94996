using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;

namespace TimeTagger.Local.Site;

/// <summary>
/// The files of a built site, in memory: what is not in this table cannot be asked for, whatever a path looks like.
/// </summary>
internal sealed class SiteFiles
{
    private const string Index = "index.html";
    private readonly FrozenDictionary<string, SiteFile> _byPath;

    private SiteFiles(FrozenDictionary<string, SiteFile> byPath) => _byPath = byPath;

    /// <param name="change">What is served for a file, by its path and content, or null to serve the content.</param>
    /// <exception cref="Refusal">The folder is not there.</exception>
    public static SiteFiles Load(
        string folder,
        IReadOnlyDictionary<string, string> mimeTypes,
        Func<string, byte[], byte[]>? change = null
    )
    {
        if (!Directory.Exists(folder))
        {
            throw new Refusal($"The site folder {folder} is not there.");
        }
        var types = new FileExtensionContentTypeProvider();
        foreach (var (extension, type) in mimeTypes)
        {
            types.Mappings[extension] = type;
        }
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return new SiteFiles(
            Directory
                .EnumerateFiles(folder, "*", everything)
                .Select(file => (Path: "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
                .Where(f => f.Path != "/" + SiteConfig.FileName)
                .ToFrozenDictionary(
                    f => f.Path,
                    f => new SiteFile(
                        change is null ? File.ReadAllBytes(f.File) : change(f.Path, File.ReadAllBytes(f.File)),
                        types.TryGetContentType(f.Path, out var type) ? type : "application/octet-stream"
                    ),
                    StringComparer.Ordinal
                )
        );
    }

    /// <summary>Finds a file by its path, or a page by its address without <c>.html</c> or <c>index.html</c>.</summary>
    public SiteFile? Find(string path) => FindPath(path) is { } found ? _byPath[found] : null;

    /// <summary>The address that a page should be asked for under, or null when it is the given one or no page.</summary>
    public string? CanonicalAddress(string path, TrailingSlash rule)
    {
        if (
            rule == TrailingSlash.Either
            || FindPath(path) is not { } file
            || !file.EndsWith(".html", StringComparison.Ordinal)
        )
        {
            return null;
        }
        var isIndex = file.EndsWith("/" + Index, StringComparison.Ordinal);
        var bare = isIndex ? file[..^(Index.Length + 1)] : file[..^".html".Length];
        var slash = rule == TrailingSlash.Always || (rule == TrailingSlash.Auto && isIndex);
        var address = slash || bare.Length == 0 ? bare + "/" : bare;
        return address == path ? null : address;
    }

    private string? FindPath(string path)
    {
        var bare = path.TrimEnd('/');
        string[] candidates = [path, $"{bare}/{Index}", $"{bare}.html"];
        return candidates.FirstOrDefault(_byPath.ContainsKey);
    }
}
