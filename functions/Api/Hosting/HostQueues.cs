using TimeTagger.Configuration;
using TimeTagger.Storage.Azure;

namespace TimeTagger.Api.Hosting;

/// <summary>
/// The account whose queues the Functions host listens to, which is said by settings of the host. Our messages
/// have to be in that account, or no function is set off by them. Nothing is asked of any storage.
/// </summary>
internal static partial class HostQueues
{
    private const string Connection = "AzureWebJobsStorage";
    private const string AccountName = $"{Connection}__accountName";
    private const string ServiceUri = $"{Connection}__queueServiceUri";

    /// <summary>Says in the log that the host listens elsewhere, or that nothing says where.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="options">Whether there is a host, and which store we have.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    internal static void WarnWhereTheyAreOthers(ILogger log, ApiOptions options, Func<string, string?> variable)
    {
        if (options.Host != ApiHost.Functions || ApiStorage.QueuesOf(options.Storage) is not { } own)
        {
            return;
        }

        var hosts = Find(variable);
        if (hosts is null)
        {
            LogUnknown(log, Shown(own));
        }
        else if (Shown(hosts) != Shown(own))
        {
            LogOthers(log, Shown(own), Shown(hosts));
        }
    }

    /// <summary>The address of the queue service that the host listens to; null where no setting says it.</summary>
    internal static Uri? Find(Func<string, string?> variable)
    {
        try
        {
            return variable(Connection) is { Length: > 0 } connection
                    ? AzureStorageOptions.FromConnectionString(connection).QueueEndpoint
                : variable(AccountName) is { Length: > 0 } account
                    ? AzureStorageOptions.FromAccount(account, clientId: null).QueueEndpoint
                : Uri.TryCreate(variable(ServiceUri), UriKind.Absolute, out var uri) ? uri
                : null;
        }
        catch (FormatException)
        {
            return null; // Perhaps the host can read it: a shared access signature, for one.
        }
    }

    // No user, no signature: what an address may hold that is secret.
    private static string Shown(Uri endpoint) =>
        endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The Functions host listens to the queues of another storage account ("
            + Connection
            + ": {Hosts}) than the worker writes to ({Own}): until both are the same, no message sets a function off"
    )]
    private static partial void LogOthers(ILogger log, string own, string hosts);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = Connection
            + " does not say which storage account's queues the Functions host listens to; it has to be that of {Own}"
    )]
    private static partial void LogUnknown(ILogger log, string own);
}
