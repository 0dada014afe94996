using System.Text.Json;
using System.Text.Json.Nodes;

namespace TimeTagger.FunctionsHost.ScriptedWorker;

/// <summary>A file with a line for everything that happened to the worker.</summary>
internal sealed class Record(string file)
{
    private readonly Lock _lock = new();

    public void Add(string kind, JsonObject what)
    {
        what["kind"] = kind;
        what["process"] = Environment.ProcessId;
        lock (_lock)
        {
            File.AppendAllText(file, $"{what.ToJsonString()}\n");
        }
    }

    public void Start(string[] args)
    {
        var variables = new JsonObject();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value;
        }

        Add(
            "start",
            new JsonObject
            {
                ["arguments"] = JsonSerializer.SerializeToNode(args),
                ["environment"] = variables,
                ["folder"] = Environment.CurrentDirectory,
            }
        );
    }
}
