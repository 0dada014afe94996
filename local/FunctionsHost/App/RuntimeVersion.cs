using System.Text.Json;
using System.Text.Json.Nodes;

namespace TimeTagger.FunctionsHost.App;

/// <summary>Which .NET a package was built for: an app has one version of it, and this host has its own.</summary>
internal static class RuntimeVersion
{
    /// <summary>Looks at the <c>.runtimeconfig.json</c> of a worker, where there is one; one that brings its own .NET fits.</summary>
    /// <param name="worker">Its assembly or executable.</param>
    /// <exception cref="InvalidAppException">It wants another .NET.</exception>
    public static void Check(string worker)
    {
        var isAssembly = Path.GetExtension(worker) is ".dll" or ".exe";
        var file = (isAssembly ? Path.ChangeExtension(worker, null) : worker) + ".runtimeconfig.json";
        if (!File.Exists(file))
        {
            return;
        }

        foreach (var version in VersionsIn(file))
        {
            if (version.Major != Environment.Version.Major)
            {
                throw new InvalidAppException(
                    $"The package was built for .NET {version.Major}, and this host has .NET {Environment.Version.Major}."
                );
            }
        }
    }

    private static IEnumerable<Version> VersionsIn(string file)
    {
        JsonNode? options;
        try
        {
            options = JsonNode.Parse(File.ReadAllBytes(file))?["runtimeOptions"];
        }
        catch (JsonException e)
        {
            throw new InvalidAppException($"{Path.GetFileName(file)}: {e.Message}");
        }

        return new[] { options?["framework"] }
            .Concat(options?["frameworks"] as JsonArray ?? [])
            .Select(framework => Version.TryParse($"{framework?["version"]}", out var version) ? version : null)
            .OfType<Version>();
    }
}
