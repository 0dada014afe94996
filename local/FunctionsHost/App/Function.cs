using System.Text.Json;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.App;

/// <summary>A function of the package.</summary>
/// <param name="Name">Its folder's name.</param>
internal abstract record Function(string Name);

/// <summary>One that HTTP calls reach.</summary>
/// <param name="Route">Its route, the prefix included.</param>
/// <param name="Methods">The methods that it takes, or null for all.</param>
/// <param name="IsAnonymous">Whether it needs no key.</param>
internal sealed record HttpFunction(string Name, string Route, IReadOnlyList<string>? Methods, bool IsAnonymous)
    : Function(Name);

/// <summary>One that messages of a queue set off.</summary>
/// <param name="Binding">The binding's name.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Connection">The connection string of its storage account.</param>
/// <param name="IsBinary">Whether it wants messages as binary data.</param>
internal sealed record QueueFunction(string Name, string Binding, string Queue, string Connection, bool IsBinary)
    : Function(Name);

/// <summary>One that the clock sets off.</summary>
/// <param name="Binding">The binding's name.</param>
/// <param name="Schedule">When.</param>
/// <param name="RunsOnStartup">Whether it runs when the host starts, too.</param>
internal sealed record TimerFunction(string Name, string Binding, Ncrontab Schedule, bool RunsOnStartup)
    : Function(Name);

/// <summary>A binding of function.json.</summary>
internal sealed class Binding(JsonElement json)
{
    public string Type => Text("type") ?? "";

    public string Name => Text("name") ?? "";

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    public string? Text(string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public bool IsTrue(string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string>? List(string property) =>
        json.TryGetProperty(property, out var value)
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : null;
}
