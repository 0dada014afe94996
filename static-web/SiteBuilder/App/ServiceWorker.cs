using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TimeTagger.SiteBuilder.App;

/// <summary>
/// The service worker's script: the list of what it keeps, and then its code. It changes with every byte of the app, so
/// that browsers find a new version by it.
/// </summary>
internal static class ServiceWorker
{
    /// <summary>Where it lies below the site's root. It has power over what lies beside it.</summary>
    public const string Path = "app/sw.js";

    private const int KeyLength = 16;

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the script for the files of a finished site.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="config">
    /// The configuration of Static Web Apps. The headers it sets are kept with the files, so that they are fetched
    /// again when it changes.
    /// </param>
    public static string Write(
        string site,
        IEnumerable<(string Address, string Path)> files,
        string config,
        string code
    )
    {
        var list = files
            .Select(file =>
            {
                var content = SHA256.HashData(File.ReadAllBytes(System.IO.Path.Combine(site, file.Path)));
                return new
                {
                    path = file.Address,
                    sha256 = Convert.ToHexStringLower(content),
                    key = Key(Convert.ToHexStringLower(content), config),
                };
            })
            .ToList();
        var version = Key([.. list.Select(file => $"{file.path} {file.key}"), code]);
        return $"const APP = {JsonSerializer.Serialize(new { version, files = list }, Written)};\n{code}";
    }

    private static string Key(params IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))))[..KeyLength];
}
