using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TimeTagger.SiteBuilder.Deployment;

/// <summary>Makes what the deployed site is told: the configuration of Static Web Apps, and the client's.</summary>
internal static class SiteConfig
{
    private const string PolicyName = "Content-Security-Policy";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, not a part of a page: quotes stay readable
    };

    /// <summary>
    /// The configuration of Static Web Apps as in the source, its policy extended by the deployment's origins: the client
    /// calls the API and the authority, and the authority's pages are where a form may lead.
    /// </summary>
    /// <param name="file">The name of the configuration in messages.</param>
    /// <exception cref="SiteConfigException">The configuration is not one.</exception>
    public static string ForStaticWebApps(string file, string text, DeploymentValues deployment)
    {
        JsonNode config;
        try
        {
            config = JsonNode.Parse(text) ?? new JsonObject();
        }
        catch (JsonException e)
        {
            throw new SiteConfigException(file, (int?)e.LineNumber + 1, "This is not JSON. Correct that line.");
        }

        var headers =
            config["globalHeaders"] as JsonObject
            ?? throw new SiteConfigException(file, null, "It has no globalHeaders. Restore them.");
        var policy =
            (string?)headers[PolicyName]
            ?? throw new SiteConfigException(file, null, $"It has no {PolicyName}. Restore it.");
        policy = Extend(file, policy, "connect-src", deployment.ApiOrigin, deployment.AuthorityOrigin);
        headers[PolicyName] = Extend(file, policy, "form-action", deployment.AuthorityOrigin);
        return config.ToJsonString(Written) + "\n";
    }

    /// <summary>The client's configuration, <c>/config.json</c>.</summary>
    /// <param name="version">The version of the client.</param>
    public static string ForClient(DeploymentValues deployment, string version) =>
        JsonSerializer.Serialize(
            new
            {
                apiOrigin = deployment.ApiOrigin,
                authority = deployment.Authority,
                clientId = deployment.ClientId,
                version,
            },
            Written
        ) + "\n";

    private static string Extend(string file, string policy, string directive, params IEnumerable<string?> origins)
    {
        var directives = policy.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(directives, d => d.StartsWith($"{directive} ", StringComparison.Ordinal));
        if (at < 0)
        {
            throw new SiteConfigException(file, null, $"Its {PolicyName} has no {directive}. Restore it.");
        }

        directives[at] = string.Join(
            ' ',
            [directives[at], .. origins.OfType<string>().Distinct(StringComparer.Ordinal)]
        );
        return string.Join("; ", directives);
    }
}
