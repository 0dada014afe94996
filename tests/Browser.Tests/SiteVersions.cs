using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>A copy of the built site, of which newer versions can be made without building it.</summary>
internal sealed partial class SiteVersions : IDisposable
{
    private const string Begin = "const APP = ";
    private readonly TemporaryFolder _folder = new();

    /// <param name="site">The folder of a built site.</param>
    public SiteVersions(string site)
    {
        foreach (var file in Directory.EnumerateFiles(site, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.Path, Path.GetRelativePath(site, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Folder => _folder.Path;

    /// <summary>
    /// Makes a version whose app page says so in <c>meta[name=version]</c>, and whose worker knows it.
    /// </summary>
    /// <param name="wrong">A file that the worker will look for in vain, or find to be another.</param>
    public void Publish(string version, string? wrong = null)
    {
        var page = Path.Combine(Folder, "app", "index.html");
        var html = VersionMark().Replace(File.ReadAllText(page), "");
        html = html.Replace("<head>", $"<head><meta name=\"version\" content=\"{version}\">", StringComparison.Ordinal);
        File.WriteAllText(page, html);
        Rewrite(
            version,
            list =>
            {
                var entry = list.Single(file => (string?)file!["path"] == "/app/")!;
                entry["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(page)));
                entry["key"] = version;
                if (wrong is not null)
                {
                    list.Add(
                        new JsonObject
                        {
                            ["path"] = wrong,
                            ["sha256"] = "00",
                            ["key"] = "00",
                        }
                    );
                }
            }
        );
    }

    public void Dispose() => _folder.Dispose();

    private void Rewrite(string version, Action<JsonArray> change)
    {
        var worker = Path.Combine(Folder, "app", "sw.js");
        var lines = File.ReadAllText(worker).Split('\n', 2);
        var app = JsonNode.Parse(lines[0][Begin.Length..].TrimEnd(';'))!;
        app["version"] = version;
        var list = app["files"]!.AsArray();
        foreach (var file in list.Where(file => (string?)file!["key"] == "00").ToList())
        {
            list.Remove(file);
        }
        change(list);
        File.WriteAllText(worker, $"{Begin}{app.ToJsonString(JsonSerializerOptions.Default)};\n{lines[1]}");
    }

    [GeneratedRegex("<meta name=\"version\"[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex VersionMark();
}
