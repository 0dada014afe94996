using System.Net;
using TimeTagger.Api.Accounts;
using TimeTagger.Configuration;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Hosting;

/// <summary>What counts for this start: the settings, and what Azure says in the environment.</summary>
/// <param name="Host">What stands before the API.</param>
/// <param name="DataDirectory">Where the embedded store lies, a full path; another store needs none.</param>
/// <param name="Bind">Where one machine listens, which decides whether anybody is on this machine.</param>
/// <param name="Credentials">User names and their bcrypt hashes.</param>
/// <param name="Proxy">The reverse proxy that signs people in; null where there is none, and behind a Functions host.</param>
/// <param name="SiteOrigins">The origins of the sites that may call from a browser.</param>
/// <param name="Storage">Which store has the data; never <see cref="StorageKind.Azurite"/>, which the program that starts it makes Azure.</param>
/// <param name="MemoryBytes">The memory budget: cached accounts, loads and bodies of requests.</param>
/// <param name="Quota">How much each account may hold.</param>
/// <param name="CallsPerMinute">How many calls a token may make; 0 for no limit.</param>
/// <param name="FailuresPerMinute">How many calls of an address may fail; 0 for no limit.</param>
/// <param name="Retention">How long the entries of journals stay.</param>
/// <param name="HostAnswersCors">Whether the host decides which sites may call, from settings of its own.</param>
/// <param name="InAzure">Whether this is Azure: sign-in methods of one machine and of tests do not exist there.</param>
internal sealed record ApiOptions(
    ApiHost Host,
    string? DataDirectory,
    IPEndPoint Bind,
    IReadOnlyDictionary<string, string> Credentials,
    ProxyAuth? Proxy,
    IReadOnlyList<string> SiteOrigins,
    StorageChoice Storage,
    long MemoryBytes,
    Quota Quota,
    int CallsPerMinute,
    int FailuresPerMinute,
    TimeSpan Retention,
    bool HostAnswersCors,
    bool InAzure
)
{
    private const int CallsPerMinuteInAzure = 6000;
    private const long Mebibyte = 1024 * 1024;

    // In Azure the host takes it for set.
    private const string HostCorsVariable = "FUNCTIONS_ENABLE_CORS_CONFIGURATION";

    // The name that everything of Azure's takes for it.
    private const string ClientIdVariable = "AZURE_CLIENT_ID";

    /// <summary>What the settings come to.</summary>
    /// <exception cref="ConfigurationException">One cannot be used here.</exception>
    internal static ApiOptions From(ApiHost host, SettingValues values, Func<string, string?> variable)
    {
        var memory = values.Get(Catalogue.MemoryMb) is { } mebibytes ? mebibytes * Mebibyte : DefaultMemory();
        var inAzure = variable("WEBSITE_SITE_NAME") is not null || variable("WEBSITE_INSTANCE_ID") is not null;
        var storage = StorageFrom(values, variable);
        if (host == ApiHost.Functions && storage.Kind == StorageKind.Embedded)
        {
            // The disk of an instance is thrown away with it; and a host cannot see queues that are in a file.
            throw new ConfigurationException(
                $"{Catalogue.Storage.Variable}: 'embedded' is for one machine; under the Functions host it has to be azure."
            );
        }

        return new ApiOptions(
            host,
            storage.Kind == StorageKind.Embedded ? Catalogue.DataDirOf(values) : values.Get(Catalogue.DataDir),
            values.Get(Catalogue.Bind),
            CredentialsFrom(values),
            inAzure || host == ApiHost.Functions ? null : ProxyFrom(values),
            values.Get(Catalogue.SiteOrigin),
            storage,
            memory,
            QuotaFrom(values, memory),
            values.Get(Catalogue.RateToken) ?? (inAzure ? CallsPerMinuteInAzure : 0),
            values.Get(Catalogue.RateAddress),
            TimeSpan.FromDays(values.Get(Catalogue.RetentionDays)),
            host == ApiHost.Functions && (inAzure || variable(HostCorsVariable) == "1"),
            inAzure
        );
    }

    // A quarter of what the process may have at all; the rest is for answers, the runtime and garbage.
    private static long DefaultMemory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    // Half of the budget: loading an account takes its rows and the largest of its changes beside the account itself.
    private static Quota QuotaFrom(SettingValues values, long memory) =>
        new(values.Get(Catalogue.QuotaItems), Math.Min(values.Get(Catalogue.QuotaMb) * Mebibyte, memory / 2));

    private static ProxyAuth? ProxyFrom(SettingValues values) =>
        values.Get(Catalogue.ProxyAuthEnabled)
            ? new ProxyAuth(values.Get(Catalogue.ProxyAuthTrusted), values.Get(Catalogue.ProxyAuthHeader))
            : null;

    private static IReadOnlyDictionary<string, string> CredentialsFrom(SettingValues values)
    {
        var credentials = values.Get(Catalogue.Credentials);
        foreach (var user in credentials.Keys)
        {
            try
            {
                AccountKey.Local(user);
            }
            catch (FormatException e)
            {
                throw values.Unusable(Catalogue.Credentials, $"'{user}': {e.Message}");
            }
        }

        return credentials;
    }

    /// <summary>Which store the settings name, and as whom to reach it.</summary>
    /// <exception cref="ConfigurationException">They do not say enough, or one that only the local command knows.</exception>
    internal static StorageChoice StorageFrom(SettingValues values, Func<string, string?> variable) =>
        StorageChoice.From(values) is { Kind: not StorageKind.Azurite } choice
            ? choice with
            {
                ClientId = variable(ClientIdVariable) is { Length: > 0 } id ? id : null,
            }
            : throw values.Unusable(
                Catalogue.Storage,
                "'azurite' is for the local command, which starts it; else embedded or azure"
            );
}
