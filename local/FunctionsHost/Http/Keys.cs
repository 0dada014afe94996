using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TimeTagger.FunctionsHost.App;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>
/// Who may call what: the keys in the files of the folder <c>FUNCTIONS_SECRETS_PATH</c>, as the host itself keeps them where
/// <c>AzureWebJobsSecretStorageType</c> is <c>files</c>. Without such a folder nobody has a key.
/// </summary>
internal sealed class Keys
{
    private readonly string? _master;
    private readonly IReadOnlyList<string> _ofTheHost = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _ofFunctions = new(StringComparer.OrdinalIgnoreCase);

    private Keys(string? folder)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            var json = JsonNode.Parse(File.ReadAllBytes(file));
            if (Path.GetFileNameWithoutExtension(file) is var name && name != "host")
            {
                _ofFunctions[name] = Values(json?["keys"]);
                continue;
            }

            _master = $"{json?["masterKey"]?["value"]}";
            _ofTheHost = Values(json?["functionKeys"]);
        }
    }

    /// <exception cref="System.Text.Json.JsonException">A file is not JSON.</exception>
    public static Keys Read(Func<string, string?> setting) => new(setting("FUNCTIONS_SECRETS_PATH"));

    /// <summary>Whether a call has the master key.</summary>
    public bool HasMaster(HttpRequest request) => Given(request) is { Length: > 0 } key && key == _master;

    /// <summary>Whether a call has the key that a function wants.</summary>
    public bool Open(HttpFunction function, HttpRequest request) =>
        function.Level switch
        {
            AuthLevel.Anonymous => true,
            AuthLevel.Admin => HasMaster(request),
            _ => HasMaster(request)
                || _ofTheHost.Contains(Given(request))
                || _ofFunctions.GetValueOrDefault(function.Name, []).Contains(Given(request)),
        };

    private static string Given(HttpRequest request) =>
        request.Headers.TryGetValue("x-functions-key", out var header) ? $"{header}" : $"{request.Query["code"]}";

    private static IReadOnlyList<string> Values(JsonNode? keys) =>
        keys is JsonArray list ? [.. list.Select(key => $"{key?["value"]}").Where(value => value.Length > 0)] : [];
}
