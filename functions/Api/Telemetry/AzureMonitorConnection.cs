using TimeTagger.Configuration;

namespace TimeTagger.Api.Telemetry;

/// <summary>The connection string of Application Insights, which its package would refuse with a stack trace.</summary>
internal static class AzureMonitorConnection
{
    internal const string Variable = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    private static readonly string[] Endpoints = ["IngestionEndpoint", "LiveEndpoint"];

    /// <summary>Whether it can be used; nothing at all can.</summary>
    /// <exception cref="ConfigurationException">What is wrong with it, in a sentence that does not repeat it.</exception>
    internal static void Check(string? text)
    {
        if (text is null)
        {
            return;
        }

        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value] || !parts.TryAdd(name, value))
            {
                throw Wrong("must be parts NAME=VALUE divided by semicolons, each name once");
            }
        }

        if (!Guid.TryParse(parts.GetValueOrDefault("InstrumentationKey"), out _))
        {
            throw Wrong("lacks an InstrumentationKey, or it is none");
        }

        foreach (var endpoint in Endpoints)
        {
            if (parts.TryGetValue(endpoint, out var address) && !IsAddress(address))
            {
                throw Wrong($"has a {endpoint} that is no address");
            }
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static ConfigurationException Wrong(string what) => new($"{Variable}: the connection string {what}");
}
