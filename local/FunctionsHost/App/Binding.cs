using System.Text.Json;

namespace TimeTagger.FunctionsHost.App;

/// <summary>A binding as the worker reports it.</summary>
internal sealed class Binding(JsonElement json)
{
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Binding Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new Binding(document.RootElement.Clone());
    }

    public string Type => Text("type") ?? "";

    public string Name => Text("name") ?? "";

    public string Direction => Text("direction") ?? "in";

    public string DataType => Text("dataType") ?? "undefined";

    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the worker wants to be told about the value, to fetch or make it itself.</summary>
    public bool IsDeferred => Properties.Contains(new("supportsDeferredBinding", "True"));

    /// <summary>What else it is, as the worker put it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties =>
        json.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties
                .EnumerateObject()
                .Select(property => KeyValuePair.Create(property.Name, property.Value.ToString()))
            : [];

    public bool Is(string type) => type.Equals(Type, StringComparison.OrdinalIgnoreCase);

    public string? Text(string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public bool IsTrue(string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string>? List(string property) =>
        json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : null;
}
