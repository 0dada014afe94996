using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Deletes entries whose time is over. Only those that a snapshot covers go, and never the newest of these, so the
/// journal always has an entry that says where it is.
/// </summary>
internal sealed class Trimming(StorageAccount storage, TimeSpan retention, TimeProvider clock)
{
    private const int Window = 100;

    private readonly HeadRow _head = new(storage.Journal);

    internal async Task TrimAsync(AccountReading reading, CancellationToken cancellation)
    {
        var first = await FirstToKeepAsync(reading, cancellation);
        var reached = reading.Head.First;
        if (first > reached)
        {
            // First the head, so that nobody looks for what is about to go.
            await _head.ChangeAsync(reading.Account, Reach, cancellation);
        }

        await DeleteBelowAsync(reading.Account, reached, cancellation);

        Dictionary<string, object>? Reach(AccountHead head)
        {
            // What is being erased goes in a way of its own.
            var isSameLife = head.Life == AccountLife.InUse && head.Created == reading.Head.Created;
            reached = isSameLife ? Math.Max(first, head.First) : reading.Head.First;
            return isSameLife && head.First < first
                ? new Dictionary<string, object>(StringComparer.Ordinal) { ["First"] = first }
                : null;
        }
    }

    // Not what is left of an earlier life: that keeps its numbers taken until its erasure is through.
    private async Task DeleteBelowAsync(AccountKey account, long first, CancellationToken cancellation)
    {
        await foreach (var row in storage.Journal.RowsAsync(account.Value, JournalKeys.Below(first), cancellation))
        {
            if (EntryRows.IsOfEndedLife(row))
            {
                continue;
            }

            await storage.Journal.DeleteAsync(account.Value, row.Key, null, cancellation);
            if (row.Text("Blob") is { } blob)
            {
                await storage.Commits.DeleteAsync(blob, cancellation);
            }
        }
    }

    // Oldest first, in windows of numbers, because the keys run the other way.
    private async Task<long> FirstToKeepAsync(AccountReading reading, CancellationToken cancellation)
    {
        var first = reading.Head.First;
        var end = reading.Head.Snapshot?.Number ?? first;
        var oldest = ServerTime.From(clock.GetUtcNow() + reading.Skew - retention);
        while (first < end)
        {
            var window = JournalKeys.DownFrom(Math.Min(end - 1, first + Window - 1), first);
            var rows = await storage
                .Journal.RowsAsync(reading.Account.Value, window, cancellation)
                .ToListAsync(cancellation);
            rows.Reverse();
            foreach (var row in rows)
            {
                if (EntryRows.At(row) >= oldest)
                {
                    return JournalKeys.NumberOf(row.Key)!.Value;
                }
            }

            first = Math.Min(end, first + Window);
        }

        return first;
    }
}
