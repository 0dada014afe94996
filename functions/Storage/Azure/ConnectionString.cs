using System.Buffers.Text;

namespace TimeTagger.Storage.Azure;

/// <summary>A connection string of Azure Storage with an account key, taken apart. Its messages never quote it.</summary>
internal sealed class ConnectionString
{
    private const string DefaultSuffix = "core.windows.net";

    // The emulator's account, as its documentation prints it: no secret.
    private const string DevelopmentStorage =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;"
        + "QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;"
        + "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1";

    private readonly Dictionary<string, string> _parts;

    private ConnectionString(Dictionary<string, string> parts)
    {
        _parts = parts;
        if (parts.ContainsKey("SharedAccessSignature"))
        {
            throw Wrong("has a shared access signature: use an account key, or an account name and an identity");
        }

        AccountName = Required("AccountName");
        AccountKey = KeyFrom(Required("AccountKey"));
    }

    /// <summary>The account.</summary>
    public string AccountName { get; }

    /// <summary>Its key, in Base64.</summary>
    public string AccountKey { get; }

    /// <summary>Takes a connection string apart.</summary>
    /// <exception cref="FormatException">What is wrong with it.</exception>
    public static ConnectionString Parse(string text)
    {
        var parts = PartsOf(text);
        return parts.TryGetValue("UseDevelopmentStorage", out var use)
            ? use.Equals("true", StringComparison.OrdinalIgnoreCase) && parts.Count == 1
                ? new ConnectionString(PartsOf(DevelopmentStorage))
                : throw Wrong("may say UseDevelopmentStorage=true and nothing beside it")
            : new ConnectionString(parts);
    }

    /// <summary>Where a service of the account is.</summary>
    /// <param name="service"><c>Table</c>, <c>Blob</c> or <c>Queue</c>.</param>
    /// <exception cref="FormatException">The endpoint is not a web address.</exception>
    public Uri Endpoint(string service)
    {
        var text =
            _parts.GetValueOrDefault(service + "Endpoint")
            ?? $"{_parts.GetValueOrDefault("DefaultEndpointsProtocol", Uri.UriSchemeHttps)}://{AccountName}."
                + $"{service.ToLowerInvariant()}.{_parts.GetValueOrDefault("EndpointSuffix", DefaultSuffix)}";
        return
            Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback))
            && endpoint.Query.Length == 0
            ? endpoint
            : throw Wrong($"has no usable {service}Endpoint (https, or http on this machine)");
    }

    private static Dictionary<string, string> PartsOf(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value] || !parts.TryAdd(name, value))
            {
                throw Wrong("must be parts NAME=VALUE divided by semicolons, each name once");
            }
        }

        return parts;
    }

    private static string KeyFrom(string text) =>
        Base64.IsValid(text) ? text : throw Wrong("has an AccountKey that is not Base64");

    private string Required(string name) => _parts.GetValueOrDefault(name) ?? throw Wrong($"lacks {name}");

    private static FormatException Wrong(string what) => new($"The storage connection string {what}.");
}
