using Azure;

namespace TimeTagger.Storage.Azure.Tables;

/// <summary>An entity of a table.</summary>
/// <param name="PartitionKey">The partition it lies in.</param>
/// <param name="RowKey">Its key in the partition.</param>
/// <param name="Properties">Its other properties but the timestamp: text, long, double, bool or bytes.</param>
/// <param name="ETag">Its version; the default on one that was not read.</param>
internal sealed record TableEntity(
    string PartitionKey,
    string RowKey,
    IReadOnlyDictionary<string, object> Properties,
    ETag ETag = default
);
