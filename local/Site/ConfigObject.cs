using System.Collections.Immutable;
using System.Text.Json;

namespace TimeTagger.Local.Site;

/// <summary>A JSON object that remembers which of its members were read, so that the others can be named.</summary>
internal sealed class ConfigObject(JsonElement element, string path, Action<string> warn)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Path => path;

    public string? String(string name) => Find(name)?.GetString();

    public int? Integer(string name) => Find(name)?.GetInt32();

    public ConfigObject? Object(string name) =>
        Find(name) is { } found ? new ConfigObject(found, $"{path}{name}.", warn) : null;

    public IEnumerable<ConfigObject> Objects(string name) =>
        Find(name)?.EnumerateArray().Select((item, i) => new ConfigObject(item, $"{path}{name}[{i}].", warn)) ?? [];

    public ImmutableArray<string> StringList(string name) =>
        [.. Find(name)?.EnumerateArray().Select(item => item.GetString() ?? "") ?? []];

    public ImmutableDictionary<string, string>? Strings(string name) =>
        Find(name)
            ?.EnumerateObject()
            .ToImmutableDictionary(m => m.Name, m => m.Value.GetString() ?? "", StringComparer.OrdinalIgnoreCase);

    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _read.Add(name);
        }
    }

    public void WarnOfTheRest()
    {
        foreach (var member in element.EnumerateObject().Where(m => !_read.Contains(m.Name)))
        {
            WarnOf(member.Name);
        }
    }

    public void WarnOf(string name) => warn($"{path}{name} in {SiteConfig.FileName} has no effect on one machine.");

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return element.TryGetProperty(name, out var found) ? found : null;
    }
}
