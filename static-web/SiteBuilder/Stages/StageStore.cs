using System.Text.Json;

namespace TimeTagger.SiteBuilder.Stages;

/// <summary>
/// What a stage of the build made: its folder of files for the site, and what it tells the later ones.
/// </summary>
/// <param name="IsNew">Whether it was made in this build, and not taken from the last one.</param>
internal sealed record StageResult<T>(string Folder, T Value, bool IsNew);

/// <summary>
/// Keeps what each stage made, under the key of what it was made from. A stage with the same key is not run again. Of
/// each stage only the last result is kept.
/// </summary>
internal sealed class StageStore(string folder)
{
    private const string KeyName = "key";
    private const string ValueName = "value.json";
    private const string SiteName = "site";

    /// <summary>The result of a stage for a key: the kept one, or else what <paramref name="run"/> makes.</summary>
    /// <param name="run">Writes files for the site into the folder that it gets, and returns what others need to know.</param>
    public async Task<StageResult<T>> GetAsync<T>(
        string stage,
        string key,
        Func<string, CancellationToken, Task<T>> run,
        CancellationToken cancellation
    )
    {
        var place = Path.Combine(folder, stage);
        var site = Path.Combine(place, SiteName);
        if (Read<T>(place, key) is { } kept)
        {
            return new StageResult<T>(site, kept, IsNew: false);
        }

        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        Directory.CreateDirectory(site);
        var value = await run(site, cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(place, ValueName),
            JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            cancellation
        );
        // Last: what has a key is complete.
        await File.WriteAllTextAsync(Path.Combine(place, KeyName), key, cancellation);
        return new StageResult<T>(site, value, IsNew: true);
    }

    private static T? Read<T>(string place, string key)
    {
        try
        {
            return File.ReadAllText(Path.Combine(place, KeyName)) == key
                ? JsonSerializer.Deserialize<T>(
                    File.ReadAllText(Path.Combine(place, ValueName)),
                    JsonSerializerOptions.Web
                )
                : default;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
