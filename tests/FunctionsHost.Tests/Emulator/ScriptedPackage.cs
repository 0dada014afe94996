using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Emulator;

/// <summary>A package whose worker does what its calls say.</summary>
internal sealed class ScriptedPackage : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JsonObject _functions = [];

    public ScriptedPackage()
    {
        Calls = System.IO.Path.Combine(_folder.Path, "calls");
        Host(_ => { });
        Worker(_ => { });
        Function("Api", Http("{*path}"));
    }

    /// <summary>The worker's assembly.</summary>
    public static string WorkerAssembly =>
        typeof(ScriptedPackage)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "ScriptedWorkerAssembly")
            .Value!;

    public string Path => System.IO.Path.Combine(_folder.Path, "package");

    public string State => System.IO.Path.Combine(_folder.Path, "state");

    private string Calls { get; }

    public static string Http(string route, string more = "") =>
        $$"""{"type":"httpTrigger","direction":"In","name":"request","authLevel":"Anonymous","route":"{{route}}"{{more}}},{"type":"http","direction":"Out","name":"$return"}""";

    /// <summary>Writes host.json: that of a package that is all right, changed.</summary>
    public void Host(Action<JsonNode> change) =>
        Write(
            "host.json",
            """
            {"version":"2.0","functionTimeout":"00:01:00","telemetryMode":"OpenTelemetry",
             "logging":{"logLevel":{"default":"Information"}},
             "extensions":{"http":{"routePrefix":"api"},
              "queues":{"batchSize":4,"maxDequeueCount":2,"visibilityTimeout":"00:00:01","maxPollingInterval":"00:00:00.2","messageEncoding":"none"}}}
            """,
            change
        );

    /// <summary>Writes worker.config.json: that of a package that is all right, changed.</summary>
    public void Worker(Action<JsonNode> change) =>
        Write(
            "worker.config.json",
            """{"description":{"language":"dotnet-isolated","extensions":[".dll"],"workerIndexing":"true","canUsePlaceholder":true}}""",
            config =>
            {
                config["description"]!["defaultExecutablePath"] = System.IO.Path.ChangeExtension(WorkerAssembly, null);
                change(config);
            }
        );

    /// <summary>Has the worker report a function; null reports it no more.</summary>
    public void Function(string name, string? bindings)
    {
        _functions.Remove(name);
        if (bindings is not null)
        {
            _functions[name] = JsonNode.Parse($"[{bindings}]");
        }

        _folder.Write("package/functions.json", _functions.ToJsonString());
    }

    /// <summary>Writes the keys of the host, or of a function, and returns the folder that has them.</summary>
    public string Keys(string name, string json) =>
        System.IO.Path.GetDirectoryName(_folder.Write($"secrets/{name}.json", json))!;

    public HostProgram Start(params IEnumerable<string> args) => Start([], args);

    public HostProgram Start(IEnumerable<(string, string?)> environment, params IEnumerable<string> args) =>
        HostProgram.Start(Path, [("SCRIPT_CALLS", Calls), .. environment], args);

    /// <summary>What the worker noted of a kind: start, load, http, call, watching, watched, terminate, orphan.</summary>
    public IReadOnlyList<JsonElement> Noted(string kind) =>
        File.Exists(Calls)
            ?
            [
                .. File.ReadAllLines(Calls)
                    .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                    .Where(note => note.GetProperty("kind").GetString() == kind),
            ]
            : [];

    /// <summary>The same, as soon as there are as many.</summary>
    public async Task<IReadOnlyList<JsonElement>> NotedAsync(string kind, int count = 1)
    {
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        while (true)
        {
            var notes = Noted(kind);
            if (notes.Count >= count)
            {
                return notes;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The processes that the worker has been so far.</summary>
    public IReadOnlyList<int> Workers() => [.. Noted("start").Select(note => note.GetProperty("process").GetInt32())];

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string json, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(json)!;
        change(node);
        _folder.Write($"package/{name}", node.ToJsonString());
    }
}
