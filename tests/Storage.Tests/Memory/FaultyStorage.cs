using System.Runtime.CompilerServices;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>Puts an <see cref="IFaultPlan"/> around a store, as one caller meets it.</summary>
internal static class FaultyStorage
{
    /// <summary>The store with faults, held to the limits; several callers can share one inner store.</summary>
    public static StorageAccount Around(StorageAccount inner, IFaultPlan plan, string caller = "")
    {
        return new StorageAccount(
            new FaultyTable(inner.Journal, Around(nameof(inner.Journal))),
            new FaultyTable(inner.System, Around(nameof(inner.System))),
            new FaultyBlobs(inner.Commits, Around(nameof(inner.Commits))),
            new FaultyBlobs(inner.Snapshots, Around(nameof(inner.Snapshots))),
            new FaultyQueue(inner.Maintenance, Around(nameof(inner.Maintenance))),
            new FaultyQueue(inner.Webhooks, Around(nameof(inner.Webhooks)))
        ).WithLimits();

        Faults Around(string store) => new(plan, caller, store.ToLowerInvariant());
    }
}

/// <summary>The plan as the calls of one store meet it.</summary>
internal sealed class Faults(IFaultPlan plan, string caller, string store)
{
    public IFaultPlan Plan => plan;

    public StorageCall Call(string operation, string target, bool isWrite) =>
        new(caller, store, operation, target, isWrite);

    public async Task<T> RunAsync<T>(StorageCall call, Func<Task<T>> work, CancellationToken cancellation)
    {
        await plan.BeforeAsync(call, cancellation);
        var result = await work();
        await plan.AfterAsync(call, cancellation);
        return result;
    }

    public Task<T> ReadAsync<T>(string operation, string target, Func<Task<T>> work, CancellationToken cancellation) =>
        RunAsync(Call(operation, target, isWrite: false), work, cancellation);

    public Task<T> WriteAsync<T>(string operation, string target, Func<Task<T>> work, CancellationToken cancellation) =>
        RunAsync(Call(operation, target, isWrite: true), work, cancellation);
}

/// <summary>A table with faults.</summary>
internal sealed class FaultyTable(ITable inner, Faults faults) : ITable
{
    /// <inheritdoc/>
    /// <remarks>
    /// A continuation is the smallest key that may still come: any store can go on from there, however short or empty
    /// the plan made the page before.
    /// </remarks>
    public async Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    )
    {
        var call = faults.Call("Query", $"{partition}/{range.From}..{range.To}", isWrite: false);
        var rest = range with { From = continuation ?? range.From };
        var shape = faults.Plan.Page(call, top);
        var page = await faults.RunAsync(
            call,
            () => inner.QueryAsync(partition, rest, Math.Clamp(shape.Rows, 1, top), null, cancellation),
            cancellation
        );
        var date = page.Date + faults.Plan.Skew(call);
        if (shape.Rows == 0)
            return new RowPage([], rest.From, date);
        var goesOn = page.Continuation is not null || (shape.EndsLate && page.Rows.Count > 0);
        // A space is the smallest character of a key.
        return new RowPage(page.Rows, goesOn ? page.Rows[^1].Key + ' ' : null, date);
    }

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
        faults.ReadAsync("Get", $"{partition}/{key}", () => inner.GetAsync(partition, key, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<bool> InsertAsync(Row row, CancellationToken cancellation) =>
        faults.WriteAsync(
            "Insert",
            $"{row.Partition}/{row.Key}",
            () => inner.InsertAsync(row, cancellation),
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
        faults.WriteAsync(
            "Merge",
            $"{row.Partition}/{row.Key}",
            () => inner.MergeAsync(row, ifMatch, cancellation),
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
        faults.WriteAsync(
            "Delete",
            $"{partition}/{key}",
            () => inner.DeleteAsync(partition, key, ifMatch, cancellation),
            cancellation
        );
}

/// <summary>Blobs with faults. A listing is one call.</summary>
internal sealed class FaultyBlobs(IBlobs inner, Faults faults) : IBlobs
{
    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        faults.WriteAsync(
            "Put",
            name,
            async () =>
            {
                await inner.PutAsync(name, content, cancellation);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellation) =>
        faults.ReadAsync("Get", name, () => inner.GetAsync(name, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
        faults.WriteAsync("Delete", name, () => inner.DeleteAsync(name, cancellation), cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var entries = await faults.ReadAsync(
            "List",
            prefix,
            async () => await inner.ListAsync(prefix, cancellation).ToListAsync(cancellation),
            cancellation
        );
        foreach (var entry in entries)
            yield return entry;
    }
}

/// <summary>A queue with faults.</summary>
internal sealed class FaultyQueue(IQueue inner, Faults faults) : IQueue
{
    /// <inheritdoc/>
    public Task SendAsync(string body, TimeSpan delay, CancellationToken cancellation) =>
        faults.WriteAsync(
            "Send",
            body,
            async () =>
            {
                await inner.SendAsync(body, delay, cancellation);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<QueueMessage?> ReceiveAsync(TimeSpan hidden, CancellationToken cancellation) =>
        faults.WriteAsync("Receive", "", () => inner.ReceiveAsync(hidden, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellation) =>
        faults.WriteAsync("Delete", message.Id, () => inner.DeleteAsync(message, cancellation), cancellation);
}
