using System.Text.Json;

namespace TimeTagger.FunctionsHost.App;

/// <summary>A binding of function.json.</summary>
internal sealed class Binding(JsonElement json)
{
    public string Type => Text("type") ?? "";

    public string Name => Text("name") ?? "";

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    public bool Is(string type) => type.Equals(Type, StringComparison.OrdinalIgnoreCase);

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
