using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Deletes entries whose time is over. Only those that a snapshot covers go, and never the newest of these, so the
/// journal always has an entry that says where it is.
/// </summary>
internal sealed class Trimming(StorageAccount storage, TimeSpan retention)
{
    private const int LargestWindow = 100;

    private readonly HeadRow _head = new(storage.Journal);

    /// <summary>
    /// Whether an entry stays too long for want of a snapshot: the first that must stay until there is another one is
    /// old, and not the newest of all. That snapshot covers all there are, so it does for as long as its last is young.
    /// </summary>
    internal async Task<bool> NeedsSnapshotAsync(AccountGlance account, CancellationToken cancellation)
    {
        var first = Math.Max(account.Head.First, account.Head.Snapshot?.Number ?? 0);
        return account.Version > first
            && account.Head.Created < OldestToKeep(account)
            && await storage.Journal.GetAsync(account.Account.Value, JournalKeys.Entry(first), cancellation) is { } row
            && EntryRows.At(row) < OldestToKeep(account);
    }

    internal async Task TrimAsync(AccountGlance account, CancellationToken cancellation)
    {
        if (account.Head.Created >= OldestToKeep(account))
        {
            return; // Nothing in it can be old.
        }

        var first = await FirstToKeepAsync(account, cancellation);
        var reached = account.Head.First;
        if (first > reached)
        {
            // First the head, so that nobody looks for what is about to go.
            await _head.ChangeAsync(account.Account, Reach, cancellation);
        }

        await DeleteBelowAsync(account.Account, reached, cancellation);

        Dictionary<string, object>? Reach(AccountHead head)
        {
            // What is being erased goes in a way of its own.
            var isSameLife = head.Life == AccountLife.InUse && head.Created == account.Head.Created;
            reached = isSameLife ? Math.Max(first, head.First) : account.Head.First;
            return isSameLife && head.First < first
                ? new Dictionary<string, object>(StringComparer.Ordinal) { ["First"] = first }
                : null;
        }
    }

    private ServerTime OldestToKeep(AccountGlance account) => ServerTime.From(account.Now - retention);

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

    // Oldest first, in windows of numbers, because the keys run the other way. They grow, for on most days the first
    // entry is the answer; and rows are looked at as they come, so that no more than a page of them is in memory.
    private async Task<long> FirstToKeepAsync(AccountGlance account, CancellationToken cancellation)
    {
        var first = account.Head.First;
        var end = account.Head.Snapshot?.Number ?? first;
        for (var size = 1; first < end; size = Math.Min(2 * size, LargestWindow))
        {
            var last = Math.Min(end, first + size) - 1;
            if (await OldestKeptAsync(account, last, first, cancellation) is { } kept)
            {
                return kept;
            }

            first = last + 1;
        }

        return first;
    }

    private async Task<long?> OldestKeptAsync(
        AccountGlance account,
        long last,
        long first,
        CancellationToken cancellation
    )
    {
        long? kept = null;
        var window = JournalKeys.DownFrom(last, first);
        await foreach (var row in storage.Journal.RowsAsync(account.Account.Value, window, cancellation))
        {
            kept = EntryRows.At(row) >= OldestToKeep(account) ? JournalKeys.NumberOf(row.Key) : kept;
        }

        return kept;
    }
}
