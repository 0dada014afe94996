using System.Text.Json;

namespace TimeTagger.FunctionsHost.App;

/// <summary>Reads the functions of a package: each folder of its root that has a function.json.</summary>
internal sealed class FunctionFolders(string root, HostFile host, Func<string, string?> setting)
{
    private readonly FunctionReader _reader = new(host, setting);

    /// <returns>In the order in which the host tries their routes.</returns>
    /// <exception cref="InvalidAppException">The host would report one of them as in error.</exception>
    public IReadOnlyList<Function> Read()
    {
        List<Function> functions =
        [
            .. Directory
                .EnumerateDirectories(root)
                .Where(folder => File.Exists(FileIn(folder)))
                .Select(folder => Path.GetFileName(folder))
                .Where(name => !IsDisabled(name))
                .Order(StringComparer.OrdinalIgnoreCase)
                .Select(Read),
        ];
        var routes = functions.OfType<HttpFunction>().ToList();
        foreach (var (one, other) in routes.SelectMany((one, i) => routes.Skip(i + 1).Select(other => (one, other))))
        {
            if (one.Route.Equals(other.Route, StringComparison.OrdinalIgnoreCase) && Overlap(one, other))
            {
                throw new InvalidAppException($"{other.Name}: the route '{other.Route}' is that of {one.Name}.");
            }
        }

        return functions.Count > 0 ? functions : throw new InvalidAppException($"{root} has no function.");
    }

    // Not "disabled" of function.json, which the host ignores.
    private bool IsDisabled(string name) =>
        (setting($"AzureWebJobs.{name}.Disabled") ?? setting($"AzureWebJobs_{name}_Disabled")) is "true" or "1";

    private Function Read(string name)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(FileIn(Path.Combine(root, name))));
            return _reader.Read(name, document.RootElement);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            throw new InvalidAppException($"{name}/function.json: {e.Message}");
        }
    }

    private static bool Overlap(HttpFunction one, HttpFunction other) =>
        one.Methods is null
        || other.Methods is null
        || one.Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any();

    private static string FileIn(string folder) => Path.Combine(folder, "function.json");
}
