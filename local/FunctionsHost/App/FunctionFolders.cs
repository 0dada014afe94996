using System.Text.Json;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.App;

/// <summary>Reads the functions of a package: each folder of its root that has a function.json.</summary>
internal sealed class FunctionFolders(string root, HostFile host, Func<string, string?> setting)
{
    private static readonly string[] Known = ["httpTrigger", "http", "queueTrigger", "timerTrigger"];

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
            var bindings = document
                .RootElement.GetProperty("bindings")
                .EnumerateArray()
                .Select(json => new Binding(json.Clone()))
                .ToList();
            return From(name, bindings);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidAppException($"{name}/function.json: {e.Message}");
        }
    }

    private Function From(string name, List<Binding> bindings)
    {
        if (bindings.Find(binding => !Known.Contains(binding.Type, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new InvalidAppException($"{name}: the binding type '{unknown.Type}' is not one of this emulator.");
        }

        if (bindings.Select(binding => binding.Name).Distinct(StringComparer.Ordinal).Count() < bindings.Count)
        {
            throw new InvalidAppException($"{name}: two bindings have the same name.");
        }

        var triggers = bindings.Where(binding => binding.IsTrigger).ToList();
        if (triggers.Count != 1)
        {
            throw new InvalidAppException($"{name}: there must be exactly one trigger, not {triggers.Count}.");
        }

        return triggers[0].Type.ToLowerInvariant() switch
        {
            "httptrigger" => Http(name, triggers[0], bindings),
            "queuetrigger" => Queue(name, triggers[0]),
            _ => Timer(name, triggers[0]),
        };
    }

    private HttpFunction Http(string name, Binding trigger, List<Binding> bindings)
    {
        if (bindings.Count != 2)
        {
            throw new InvalidAppException(
                $"{name}: without exactly one output 'http' its calls would arrive as payloads, which this emulator "
                    + "does not do."
            );
        }

        var route = trigger.Text("route") ?? name;
        return
            route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
            || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase)
            ? throw new InvalidAppException($"{name}: the route '{route}' belongs to the host.")
            : new HttpFunction(
                name,
                host.RoutePrefix.Length == 0 ? route : $"{host.RoutePrefix}/{route}",
                trigger.List("methods"),
                "anonymous".Equals(trigger.Text("authLevel"), StringComparison.OrdinalIgnoreCase)
            );
    }

    private QueueFunction Queue(string name, Binding trigger)
    {
        if (!host.HasExtensionBundle)
        {
            throw new InvalidAppException(
                $"{name}: The binding type(s) 'queueTrigger' are not registered: host.json has no extensionBundle."
            );
        }

        var connection = trigger.Text("connection") ?? "AzureWebJobsStorage";
        return new QueueFunction(
            name,
            trigger.Name,
            Resolved(name, trigger.Text("queueName")),
            setting(connection)
                ?? setting("AzureWebJobs" + connection)
                ?? throw new InvalidAppException($"{name}: there is no setting {connection}."),
            "binary".Equals(trigger.Text("dataType"), StringComparison.OrdinalIgnoreCase)
        );
    }

    private TimerFunction Timer(string name, Binding trigger)
    {
        var schedule = Resolved(name, trigger.Text("schedule"));
        return new TimerFunction(
            name,
            trigger.Name,
            Ncrontab.Parse(schedule) ?? throw new InvalidAppException($"{name}: '{schedule}' is no schedule."),
            trigger.IsTrue("runOnStartup")
        );
    }

    private string Resolved(string name, string? text) =>
        text is ['%', .. var variable, '%']
            ? setting(variable) ?? throw new InvalidAppException($"{name}: there is no setting {variable}.")
            : text ?? throw new InvalidAppException($"{name}: its trigger lacks a property.");

    private static bool Overlap(HttpFunction one, HttpFunction other) =>
        one.Methods is null
        || other.Methods is null
        || one.Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any();

    private static string FileIn(string folder) => Path.Combine(folder, "function.json");
}
