using System.Text.Json;

namespace TimeTagger.SiteBuilder.Assets;

/// <summary>A script of the client, with the shared pieces it imports.</summary>
internal sealed record ScriptAsset(string File, IReadOnlyList<string> Imports);

/// <summary>The built scripts, styles and files, by the names that pages use; the values are paths below the site's root.</summary>
internal sealed record ClientAssets(
    IReadOnlyDictionary<string, ScriptAsset> Scripts,
    IReadOnlyDictionary<string, string> Styles,
    IReadOnlyDictionary<string, string> Files
)
{
    private const string ManifestName = "manifest.json";

    /// <summary>Bundles the scripts and compiles the styles into <paramref name="folder"/>.</summary>
    /// <exception cref="AssetBuildException">A script or a style has an error.</exception>
    public static async Task<ClientAssets> BuildAsync(string source, string folder, CancellationToken cancellation)
    {
        string[] arguments = [Path.Combine(source, "build.mjs"), "--out", folder];
        var (exitCode, output) = await NodeTools.RunAsync("node", arguments, source, cancellation);
        if (exitCode != 0)
        {
            throw new AssetBuildException(output);
        }

        // The manifest is for us: it is not part of the site.
        var manifest = Path.Combine(folder, ManifestName);
        var assets = JsonSerializer.Deserialize<ClientAssets>(
            await File.ReadAllTextAsync(manifest, cancellation),
            JsonSerializerOptions.Web
        );
        File.Delete(manifest);
        return assets ?? throw new AssetBuildException($"{ManifestName} is empty.");
    }

    /// <summary>The address of a style sheet.</summary>
    public string StyleSheet(string name) =>
        Styles.TryGetValue(name, out var path) ? $"/{path}" : throw new AssetMissingException("style sheet", name);

    /// <summary>The address of a file of the folder assets.</summary>
    public string FileAt(string name) =>
        Files.TryGetValue(name, out var path) ? $"/{path}" : throw new AssetMissingException("asset", name);
}
