using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
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
        return ReadAsync(
            "query",
            async token =>
            {
                var pages = client.QueryAsync<TableEntity>(filter, top, select: null, token).AsPages(continuation);
                var page = await pages.FirstAsync(token);
                var response = page.GetRawResponse();
                if (page.Values.Count == 0)
                {
                    CheckList(response);
                }

                var date = response.Headers.Date?.ToUniversalTime() ?? clock.GetUtcNow();
                return new RowPage([.. page.Values.Select(TableEntities.ToRow)], page.ContinuationToken, date);
            },
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
        ReadAsync(
            "get",
            async token =>
            {
                var found = await client.GetEntityIfExistsAsync<TableEntity>(partition, key, select: null, token);
                if (found.HasValue)
                {
                    return TableEntities.ToRow(found.Value!);
                }

                CheckGone(found.GetRawResponse());
                return null;
            },
            cancellation
        );

    /// <inheritdoc/>
    /// <remarks>False can also mean that an earlier try of this very call was done and only its answer lost.</remarks>
    public Task<bool> InsertAsync(Row row, CancellationToken cancellation) =>
        WriteAsync(
            "insert",
            token => client.AddEntityAsync(TableEntities.Of(row), token),
            e => e.Status == 409 && e.ErrorCode == TableErrorCode.EntityAlreadyExists,
            cancellation
        );

    /// <inheritdoc/>
    /// <remarks><inheritdoc cref="InsertAsync" path="/remarks"/></remarks>
    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
        WriteAsync(
            "merge",
            token => client.UpdateEntityAsync(TableEntities.Of(row), TagOf(ifMatch), TableUpdateMode.Merge, token),
            e => IsGone(e) || e.Status == 412,
            cancellation
        );

    /// <inheritdoc/>
    /// <remarks><inheritdoc cref="InsertAsync" path="/remarks"/></remarks>
    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
        WriteAsync(
            "delete",
            async token =>
            {
                var response = await client.DeleteEntityAsync(partition, key, TagOf(ifMatch), token);
                if (response.IsError)
                {
                    throw new RequestFailedException(response);
                }
            },
            e => IsGone(e) || e.Status == 412,
            cancellation
        );

    private Task<T> ReadAsync<T>(
        string operation,
        Func<CancellationToken, Task<T>> read,
        CancellationToken cancellation
    ) =>
        calls.RunAsync(
            target,
            operation,
            async token =>
            {
                try
                {
                    return await read(token);
                }
                catch (Exception e) when (IsOfReading(e))
                {
                    throw new InvalidDataException("The answer of the table service is not what was asked for.", e);
                }
            },
            cancellation
        );

    // The package trusts that the service answered. What a gateway says in its place leads to any of these.
    private static bool IsOfReading(Exception e) =>
        e
            is ArgumentException
                or FormatException
                or InvalidOperationException
                or KeyNotFoundException
                or NotSupportedException
                or NullReferenceException;

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

    // The package finds no rows in any JSON object. That an account is unknown must be the service's own word.
    private static void CheckList(Response response)
    {
        using var answer = JsonDocument.Parse(response.Content);
        _ = answer.RootElement.GetProperty("value").GetArrayLength();
    }

    // The package does not throw where a row is missing to read or to delete, but neither where the table is.
    private static void CheckGone(Response response)
    {
        if (new RequestFailedException(response) is var refusal && !IsGone(refusal))
        {
            throw refusal;
        }
    }

    private static bool IsGone(RequestFailedException e) =>
        e.Status == 404 && e.ErrorCode != TableErrorCode.TableNotFound;
}
