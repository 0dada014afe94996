using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Azure;

/// <summary>Everything the product keeps, in a storage account of Azure.</summary>
public static class AzureStorage
{
    /// <summary>The names of its tables, containers and queues: all that may be told of a request's address.</summary>
    public static IReadOnlySet<string> Places { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "journal",
            "system",
            "commits",
            "snapshots",
            "maintenance",
            "webhooks",
        };

    /// <summary>
    /// The store, held to the limits of the port. Asks nothing of the storage: the first call does, and what it
    /// finds missing (table, container, queue) is made then, unless the options forbid it.
    /// </summary>
    /// <param name="options">Where it lies and who we are.</param>
    /// <param name="clock">The time: deadlines, pauses, signatures.</param>
    /// <param name="random">Where jitter comes from.</param>
    public static StorageAccount Open(AzureStorageOptions options, TimeProvider clock, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(options);
        var calls = new StorageCalls(clock, random);
        return new StorageAccount(
            Table(options, "journal", calls, clock),
            Table(options, "system", calls, clock),
            Blobs(options, "commits", calls),
            Blobs(options, "snapshots", calls),
            Queue(options, "maintenance", calls),
            Queue(options, "webhooks", calls)
        ).WithLimits();
    }

    private static AzureTable Table(AzureStorageOptions options, string name, StorageCalls calls, TimeProvider clock)
    {
        var clientOptions = Configured(new TableClientOptions(), options);
        var table = options.NamePrefix + name;
        var client = options.Credential is { } credential
            ? new TableClient(options.TableEndpoint, table, credential, clientOptions)
            : new TableClient(
                options.TableEndpoint,
                table,
                new TableSharedKeyCredential(options.AccountName, options.AccountKey),
                clientOptions
            );
        var target = Target(
            "table " + table,
            TableErrorCode.TableNotFound.ToString(),
            options,
            token => CreateAsync(client, token)
        );
        return new AzureTable(client, target, calls, clock);
    }

    // The package's own CreateIfNotExists writes JSON by reflection, which a published program may be without.
    private static async Task CreateAsync(TableClient table, CancellationToken cancellation)
    {
        try
        {
            await table.CreateAsync(cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableAlreadyExists) { }
    }

    private static AzureBlobs Blobs(AzureStorageOptions options, string name, StorageCalls calls)
    {
        var clientOptions = Configured(new BlobClientOptions(), options);
        var service = options.Credential is { } credential
            ? new BlobServiceClient(options.BlobEndpoint, credential, clientOptions)
            : new BlobServiceClient(options.BlobEndpoint, SharedKeyOf(options), clientOptions);
        var container = service.GetBlobContainerClient(options.NamePrefix + name);
        var target = Target(
            "container " + container.Name,
            "ContainerNotFound",
            options,
            token => container.CreateIfNotExistsAsync(cancellationToken: token)
        );
        return new AzureBlobs(container, target, calls);
    }

    private static AzureQueue Queue(AzureStorageOptions options, string name, StorageCalls calls)
    {
        var clientOptions = Configured(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, options);
        var service = options.Credential is { } credential
            ? new QueueServiceClient(options.QueueEndpoint, credential, clientOptions)
            : new QueueServiceClient(options.QueueEndpoint, SharedKeyOf(options), clientOptions);
        var queue = service.GetQueueClient(options.NamePrefix + name);
        var target = Target(
            "queue " + queue.Name,
            "QueueNotFound",
            options,
            token => queue.CreateIfNotExistsAsync(cancellationToken: token)
        );
        return new AzureQueue(queue, target, calls);
    }

    private static StorageSharedKeyCredential SharedKeyOf(AzureStorageOptions options) =>
        new(options.AccountName, options.AccountKey);

    private static StorageTarget Target(
        string name,
        string missingCode,
        AzureStorageOptions options,
        Func<CancellationToken, Task> create
    ) => new(name, missingCode, options.CreateMissing ? create : null);

    // The clients try once: StorageCalls has the patience, the same for all. Nor do they log: their lines hold names of
    // accounts and warn of every answer that is expected (404, 409, 412); what went wrong, StorageCalls tells.
    private static T Configured<T>(T clientOptions, AzureStorageOptions options)
        where T : ClientOptions
    {
        clientOptions.Retry.MaxRetries = 0;
        clientOptions.Diagnostics.ApplicationId = "timetagger";
        clientOptions.Diagnostics.IsLoggingEnabled = false;
        if (options.Transport is { } transport)
        {
            clientOptions.Transport = transport;
        }

        return clientOptions;
    }
}
