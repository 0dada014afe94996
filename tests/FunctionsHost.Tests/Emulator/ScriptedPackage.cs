using System.Text.Json;
using System.Text.Json.Nodes;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Emulator;

/// <summary>A package whose handler does what its calls say.</summary>
internal sealed class ScriptedPackage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScriptedPackage()
    {
        Calls = System.IO.Path.Combine(_folder.Path, "calls");
        _folder.Write(
            "package/handler/scripted-handler.mjs",
            File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "scripted-handler.mjs"))
        );
        Host(_ => { });
        Function("Api", Http("{*path}"));
    }

    public string Path => System.IO.Path.Combine(_folder.Path, "package");

    public string State => System.IO.Path.Combine(_folder.Path, "state");

    private string Calls { get; }

    public static string Http(string route, string more = "") =>
        $$"""{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","route":"{{route}}"{{more}}},{"type":"http","direction":"out","name":"response"}""";

    /// <summary>Writes host.json: that of a package that is all right, changed.</summary>
    public void Host(Action<JsonNode> change)
    {
        var host = JsonNode.Parse(
            """
            {"version":"2.0","functionTimeout":"00:00:30","extensionBundle":{"id":"a","version":"[4.*, 5.0.0)"},
             "extensions":{"http":{"routePrefix":"api"},
              "queues":{"batchSize":4,"maxDequeueCount":2,"visibilityTimeout":"00:00:01","maxPollingInterval":"00:00:00.2","messageEncoding":"none"}},
             "customHandler":{"description":{"defaultExecutablePath":"node","workingDirectory":"handler","arguments":["scripted-handler.mjs","two words","%FUNCTIONS_CUSTOMHANDLER_PORT%","%NOT_SET%."]},
              "enableForwardingHttpRequest":true,"enableProxyingHttpRequest":true}}
            """
        )!;
        change(host);
        _folder.Write("package/host.json", host.ToJsonString());
    }

    public void Function(string name, string bindings, string more = "") =>
        _folder.Write($"package/{name}/function.json", $$"""{"bindings":[{{bindings}}]{{more}}}""");

    /// <summary>Writes the keys of the host, or of a function, and returns the folder that has them.</summary>
    public string Keys(string name, string json) =>
        System.IO.Path.GetDirectoryName(_folder.Write($"secrets/{name}.json", json))!;

    public HostProgram Start(params IEnumerable<string> args) => Start([], args);

    public HostProgram Start(IEnumerable<(string, string?)> environment, params IEnumerable<string> args) =>
        HostProgram.Start(Path, [("SCRIPT_CALLS", Calls), .. environment], args);

    /// <summary>What the handler was called with, the pings excepted.</summary>
    public IReadOnlyList<JsonElement> Received() =>
        File.Exists(Calls)
            ? [.. File.ReadAllLines(Calls).Select(line => JsonSerializer.Deserialize<JsonElement>(line))]
            : [];

    /// <summary>The calls of a function, as soon as there are as many.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReceivedAsync(string function, int count)
    {
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        while (true)
        {
            var calls = Received().Where(call => call.GetProperty("url").GetString() == $"/{function}").ToList();
            if (calls.Count >= count)
            {
                return calls;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The processes that the handler has been so far.</summary>
    public IReadOnlyList<int> Starts() => [.. File.ReadAllLines(Calls + ".starts").Select(int.Parse)];

    public void Dispose() => _folder.Dispose();
}
