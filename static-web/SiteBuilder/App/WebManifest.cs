using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TimeTagger.SiteBuilder.Assets;

namespace TimeTagger.SiteBuilder.App;

/// <summary>The manifest with which the app is installed on a device.</summary>
internal static class WebManifest
{
    /// <summary>Where it lies below the site's root.</summary>
    public const string Path = "manifest.webmanifest";

    private const string Background = "#FAF8F4";
    private const string Theme = "#EFEBE3";

    private static readonly string[] Categories = ["productivity"];

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (string File, string Sizes, string Type, string Purpose)[] Icons =
    [
        ("mark.svg", "any", "image/svg+xml", "any"),
        ("icon-192.png", "192x192", "image/png", "any"),
        ("icon-512.png", "512x512", "image/png", "any"),
        ("icon-maskable-192.png", "192x192", "image/png", "maskable"),
        ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ];

    /// <summary>The manifest's text, with those icons that there are.</summary>
    public static string Write(ClientAssets assets) =>
        JsonSerializer.Serialize(
            new
            {
                id = "/app/",
                name = "TimeTagger",
                short_name = "TimeTagger",
                description = "A calm time tracker that also works without a connection.",
                lang = "en",
                dir = "auto",
                categories = Categories,
                start_url = "/app/",
                scope = "/app/",
                display = "standalone",
                theme_color = Theme,
                background_color = Background,
                icons = IconsOf(assets),
                shortcuts = new object[]
                {
                    new { name = "Start a timer", url = "/app/?action=start" },
                    new { name = "Stop the timer", url = "/app/?action=stop" },
                },
            },
            Written
        ) + "\n";

    /// <summary>The addresses of its icons.</summary>
    public static IEnumerable<string> IconAddresses(ClientAssets assets) =>
        Icons.Select(icon => assets.FindFile(icon.File)).OfType<string>();

    private static IEnumerable<object> IconsOf(ClientAssets assets) =>
        from icon in Icons
        let address = assets.FindFile(icon.File)
        where address is not null
        select new
        {
            src = address,
            sizes = icon.Sizes,
            type = icon.Type,
            purpose = icon.Purpose,
        };
}
