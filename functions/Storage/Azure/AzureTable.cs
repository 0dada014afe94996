using Azure;
using TimeTagger.Storage.Azure.Tables;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Azure;

/// <summary>The rows of one table of Azure Table Storage.</summary>
internal sealed class AzureTable(TableClient client, StorageTarget target, StorageCalls calls, TimeProvider clock)
    : ITable
{
    /// <inheritdoc/>
    public Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    )
    {
        var filter = FilterOf(partition, range);
        return calls.RunAsync(
            target,
            "query",
            async token =>
            {
                var page = await client.QueryPageAsync(filter, top, continuation, token);
                var date = page.GetRawResponse().Headers.Date?.ToUniversalTime() ?? clock.GetUtcNow();
                return new RowPage([.. page.Values.Select(ToRow)], page.ContinuationToken, date);
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
        calls.RunAsync<Row?>(
            target,
            "get",
            async token =>
            {
                try
                {
                    return ToRow(await client.GetEntityAsync(partition, key, token));
                }
                catch (RequestFailedException e) when (IsGone(e))
                {
                    return null;
                }
            },
            cancellation
        );

    /// <inheritdoc/>
    /// <remarks>False can also mean that an earlier try of this very call was done and only its answer lost.</remarks>
    public Task<bool> InsertAsync(Row row, CancellationToken cancellation) =>
        WriteAsync(
            "insert",
            token => client.AddEntityAsync(ToEntity(row), token),
            e => e is { Status: 409, ErrorCode: TableErrorCode.EntityAlreadyExists },
            cancellation
        );

    /// <inheritdoc/>
    /// <remarks><inheritdoc cref="InsertAsync" path="/remarks"/></remarks>
    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
        WriteAsync(
            "merge",
            token => client.UpdateEntityAsync(ToEntity(row), TagOf(ifMatch), token),
            e => IsGone(e) || e.Status == 412,
            cancellation
        );

    /// <inheritdoc/>
    /// <remarks><inheritdoc cref="InsertAsync" path="/remarks"/></remarks>
    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
        WriteAsync(
            "delete",
            token => client.DeleteEntityAsync(partition, key, TagOf(ifMatch), token),
            e => IsGone(e) || e.Status == 412,
            cancellation
        );

    private Task<bool> WriteAsync(
        string operation,
        Func<CancellationToken, Task> write,
        Func<RequestFailedException, bool> isNo,
        CancellationToken cancellation
    ) =>
        calls.RunAsync(
            target,
            operation,
            async token =>
            {
                try
                {
                    await write(token);
                    return true;
                }
                catch (RequestFailedException e) when (isNo(e))
                {
                    return false;
                }
            },
            cancellation
        );

    private static string FilterOf(string partition, RowRange range) =>
        range.From.Length == 0
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey le {range.To}")
            : TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {range.From} and RowKey le {range.To}"
            );

    private static ETag TagOf(string? ifMatch) => ifMatch is null ? ETag.All : new ETag(ifMatch);

    private static bool IsGone(RequestFailedException e) =>
        e.Status == 404 && e.ErrorCode != TableErrorCode.TableNotFound;

    private static TableEntity ToEntity(Row row) => new(row.Partition, row.Key, row.Properties);

    private static Row ToRow(TableEntity entity) =>
        new(entity.PartitionKey, entity.RowKey, entity.Properties, entity.ETag.ToString());
}
