using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace TimeTagger.Storage.Azure;

/// <summary>Which storage account of Azure to use, and as whom.</summary>
public sealed record AzureStorageOptions
{
    private AzureStorageOptions(Uri table, Uri blob, Uri queue) =>
        (TableEndpoint, BlobEndpoint, QueueEndpoint) = (table, blob, queue);

    /// <summary>The table service.</summary>
    public Uri TableEndpoint { get; }

    /// <summary>The blob service.</summary>
    public Uri BlobEndpoint { get; }

    /// <summary>The queue service.</summary>
    public Uri QueueEndpoint { get; }

    /// <summary>Whether a table, container or queue that is missing is made when it is first needed. Default true.</summary>
    public bool CreateMissing { get; init; } = true;

    /// <summary>The identity; null when the account's key is used.</summary>
    internal TokenCredential? Credential { get; private init; }

    /// <summary>The account's name, with a key.</summary>
    internal string? AccountName { get; private init; }

    /// <summary>The account's key, in Base64.</summary>
    internal string? AccountKey { get; private init; }

    /// <summary>What carries the requests; null for the shared default.</summary>
    internal HttpPipelineTransport? Transport { get; init; }

    /// <summary>What the names of tables, container and queue begin with, so that tests do not meet.</summary>
    internal string NamePrefix { get; init; } = "";

    /// <summary>An account that is reached as a managed identity.</summary>
    /// <param name="accountName">The account's name, as in <c>https://NAME.blob.core.windows.net</c>.</param>
    /// <param name="clientId">The client id of a user-assigned identity; null for the system-assigned one.</param>
    /// <exception cref="FormatException">The name is none of a storage account.</exception>
    public static AzureStorageOptions FromAccount(string accountName, string? clientId) =>
        FromIdentity(
            EndpointOf(accountName, "table"),
            EndpointOf(accountName, "blob"),
            EndpointOf(accountName, "queue"),
            new ManagedIdentityCredential(
                clientId is null
                    ? ManagedIdentityId.SystemAssigned
                    : ManagedIdentityId.FromUserAssignedClientId(clientId)
            )
        );

    /// <summary>An account that is reached as an identity. All endpoints are https.</summary>
    /// <exception cref="FormatException">An endpoint is not https: the token would travel in the open.</exception>
    public static AzureStorageOptions FromIdentity(Uri table, Uri blob, Uri queue, TokenCredential credential)
    {
        foreach (var endpoint in new[] { table, blob, queue })
        {
            if (endpoint.Scheme != Uri.UriSchemeHttps)
            {
                throw new FormatException($"The storage endpoint {endpoint} must be https for an identity's token.");
            }
        }

        return new AzureStorageOptions(table, blob, queue) { Credential = credential };
    }

    /// <summary>An account as its connection string says, with the account's key; or the emulator of this machine.</summary>
    /// <exception cref="FormatException">What is wrong with it, in a sentence that does not repeat it.</exception>
    public static AzureStorageOptions FromConnectionString(string connectionString)
    {
        var parts = ConnectionString.Parse(connectionString);
        return new AzureStorageOptions(parts.Endpoint("Table"), parts.Endpoint("Blob"), parts.Endpoint("Queue"))
        {
            AccountName = parts.AccountName,
            AccountKey = parts.AccountKey,
        };
    }

    private static Uri EndpointOf(string accountName, string service) =>
        accountName.Length is >= 3 and <= 24 && accountName.All(char.IsAsciiLetterOrDigit)
            ? new Uri($"https://{accountName}.{service}.core.windows.net")
            : throw new FormatException("A storage account's name has 3 to 24 lower-case letters and digits.");
}
