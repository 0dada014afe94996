namespace TimeTagger.SiteBuilder.Assets;

/// <summary>A script of the client.</summary>
/// <param name="Imports">The shared pieces that it imports at once.</param>
/// <param name="Everything">All pieces that it may ever import.</param>
internal sealed record ScriptAsset(string File, IReadOnlyList<string> Imports, IReadOnlyList<string> Everything);

/// <summary>The built scripts, styles and files, by the names that pages use; the values are paths below the site's root.</summary>
internal sealed record ClientAssets(
    IReadOnlyDictionary<string, ScriptAsset> Scripts,
    IReadOnlyDictionary<string, string> Styles,
    IReadOnlyDictionary<string, string> Files
)
{
    /// <summary>The address of a style sheet.</summary>
    public string StyleSheet(string name) =>
        Styles.TryGetValue(name, out var path) ? $"/{path}" : throw new AssetMissingException("style sheet", name);

    /// <summary>The address of a file of the folder assets.</summary>
    public string FileAt(string name) => FindFile(name) ?? throw new AssetMissingException("asset", name);

    /// <summary>The address of a file of the folder assets, or null where there is no such file.</summary>
    public string? FindFile(string name) => Files.TryGetValue(name, out var path) ? $"/{path}" : null;
}
