using System.Globalization;
using System.Net;
using TimeTagger.Api.Accounts;
using TimeTagger.Configuration;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Hosting;

/// <summary>What the handler is told at its start: the settings, and what the Functions host says in the environment.</summary>
/// <param name="Port">The loopback port to listen on.</param>
/// <param name="DataDirectory">Where the embedded store lies, a full path.</param>
/// <param name="Bind">The public address of the front, which decides whether anybody is on this machine.</param>
/// <param name="Credentials">User names and their bcrypt hashes.</param>
/// <param name="Proxy">The reverse proxy that signs people in; null where there is none, and in Azure.</param>
/// <param name="SiteOrigins">The origins of the sites that may call from a browser.</param>
/// <param name="LogLevel">The least severe messages to write.</param>
/// <param name="Storage">Which store has the data; never <see cref="StorageKind.Azurite"/>, which is Azure for a handler.</param>
/// <param name="MemoryBytes">The memory budget: cached accounts, loads and bodies of requests.</param>
/// <param name="Quota">How much each account may hold.</param>
/// <param name="CallsPerMinute">How many calls a token may make; 0 for no limit.</param>
/// <param name="FailuresPerMinute">How many calls of an address may fail; 0 for no limit.</param>
/// <param name="Retention">How long the entries of journals stay.</param>
/// <param name="StopWithStdin">Whether the end of standard input stops the handler, so that it never outlives its front.</param>
/// <param name="InAzure">Whether this is Azure: sign-in methods that trust this machine do not exist there.</param>
/// <param name="UnderFunctionsHost">Whether the Functions host started this process, and with it sets functions off.</param>
internal sealed record HandlerOptions(
    int Port,
    string DataDirectory,
    IPEndPoint Bind,
    IReadOnlyDictionary<string, string> Credentials,
    ProxyAuth? Proxy,
    IReadOnlyList<string> SiteOrigins,
    LogLevel LogLevel,
    StorageChoice Storage,
    long MemoryBytes,
    Quota Quota,
    int CallsPerMinute,
    int FailuresPerMinute,
    TimeSpan Retention,
    bool StopWithStdin,
    bool InAzure,
    bool UnderFunctionsHost
)
{
    /// <summary>
    /// Whether the handler looks after its queues and its sweeps itself: without a Functions host, and where the host
    /// cannot see the queues because they are in a file.
    /// </summary>
    internal bool PumpsItsQueues => !UnderFunctionsHost || Storage.Kind == StorageKind.Embedded;

    private const int CallsPerMinuteInAzure = 6000;
    private const long Mebibyte = 1024 * 1024;
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    // The host names every handler that it starts.
    private const string HostVariable = "FUNCTIONS_CUSTOMHANDLER_WORKER_ID";

    // The name that everything of Azure's takes for it.
    private const string ClientIdVariable = "AZURE_CLIENT_ID";

    internal static string Help { get; } =
        $"""
            The TimeTagger handler: serves the API for Azure Functions, on the loopback port that {PortVariable} names.

            Usage: TimeTagger.Api [options]
                   TimeTagger.Api check [options]
                   TimeTagger.Api accounts [options]
                   TimeTagger.Api erase <account> [--yes] [options]

            check reads all that is stored, also beside a running handler, and says what is wrong with it. It needs no port
            and changes nothing. Exit code 0: nothing is wrong; 1: something is; 2: it could not be checked.

            accounts lists all accounts: what logs call each, its key, its name. It changes nothing.

            erase deletes all that an account holds, for good, also beside a running handler; without --yes it only says
            so. The account is told by its name, exactly, or by its key. Exit code 0: it is erased; 1: there is nothing
            to erase, or --yes is missing; 2: it could not be erased.

            {HelpText.Of(Catalogue.All)}

            An argument wins over its variable; in Azure the variables are the app settings.
            """;

    /// <summary>Reads the command line and the environment.</summary>
    /// <exception cref="ConfigurationException">Something is missing, unknown or malformed.</exception>
    internal static HandlerOptions From(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var values = SettingValues.Read(Catalogue.All, args, variable);
        var memory = values.Get(Catalogue.MemoryMb) is { } mebibytes ? mebibytes * Mebibyte : DefaultMemory();
        var inAzure = variable("WEBSITE_SITE_NAME") is not null || variable("WEBSITE_INSTANCE_ID") is not null;
        var underHost = variable(HostVariable) is not null;
        var storage = StorageFrom(values, variable);
        if (inAzure && underHost && storage.Kind == StorageKind.Embedded)
        {
            throw values.Unusable(
                Catalogue.Storage,
                $"'embedded' would keep the data on a disk that Azure throws away; set {Catalogue.Storage.Variable} to azure"
            );
        }

        return new HandlerOptions(
            ParsePort(variable(PortVariable)),
            values.Get(Catalogue.DataDir),
            values.Get(Catalogue.Bind),
            CredentialsFrom(values),
            inAzure ? null : ProxyFrom(values),
            values.Get(Catalogue.SiteOrigin),
            LevelOf(values.Get(Catalogue.LogLevel)),
            storage,
            memory,
            QuotaFrom(values, memory),
            values.Get(Catalogue.RateToken) ?? (inAzure ? CallsPerMinuteInAzure : 0),
            values.Get(Catalogue.RateAddress),
            TimeSpan.FromDays(values.Get(Catalogue.RetentionDays)),
            values.Get(Catalogue.StopWithStdin),
            inAzure,
            underHost
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
    /// <exception cref="ConfigurationException">They do not say enough, or one that is not for the handler.</exception>
    internal static StorageChoice StorageFrom(SettingValues values, Func<string, string?> variable) =>
        StorageChoice.From(values) is { Kind: not StorageKind.Azurite } choice
            ? choice with
            {
                ClientId = variable(ClientIdVariable) is { Length: > 0 } id ? id : null,
            }
            : throw values.Unusable(
                Catalogue.Storage,
                "'azurite' is for the local command, which starts it; the handler takes embedded or azure"
            );

    private static int ParsePort(string? text) =>
        text is null
            ? throw new ConfigurationException(
                $"{PortVariable} is not set. To run everything on this machine: dotnet run --project local"
            )
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
        : throw new ConfigurationException($"{PortVariable} must be a port number, not '{text}'.");

    private static LogLevel LevelOf(LogSeverity severity) =>
        severity switch
        {
            LogSeverity.Debug => LogLevel.Debug,
            LogSeverity.Info => LogLevel.Information,
            LogSeverity.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        };
}
