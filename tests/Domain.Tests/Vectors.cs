using System.Text.Json;

namespace TimeTagger.Domain.Tests;

/// <summary>The vectors that C# and TypeScript both run.</summary>
internal static class Vectors
{
    internal static IReadOnlyList<JsonElement> Cases(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", file);
        return [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("cases").EnumerateArray()];
    }

    internal static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
