using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Deletes blobs that nobody names: of commits that lost their number to another or were killed before their row was
/// written, and snapshots that were superseded. Each gets a day, far more than any call that may still want it.
/// </summary>
internal sealed class Orphans(StorageAccount storage)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <param name="account">The account.</param>
    /// <param name="commits">The blobs of its commits, listed before or after.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    internal async Task DeleteAsync(
        AccountGlance account,
        IEnumerable<BlobEntry> commits,
        CancellationToken cancellation
    )
    {
        var old = account.Now - Grace;
        await DeleteCommitsAsync(account, commits.Where(blob => blob.Stored < old), cancellation);
        await DeleteSnapshotsAsync(account, old, cancellation);
    }

    private async Task DeleteCommitsAsync(
        AccountGlance account,
        IEnumerable<BlobEntry> old,
        CancellationToken cancellation
    )
    {
        foreach (var blob in old)
        {
            if (
                EntryRows.NumberOfBlob(blob.Name) is { } number
                && !await IsNamedAsync(account, number, blob.Name, cancellation)
            )
            {
                await storage.Commits.DeleteAsync(blob.Name, cancellation);
            }
        }
    }

    private async Task<bool> IsNamedAsync(
        AccountGlance account,
        long number,
        string blob,
        CancellationToken cancellation
    ) =>
        number >= account.Head.First
        && await storage.Journal.GetAsync(account.Account.Value, JournalKeys.Entry(number), cancellation) is { } row
        && row.Text("Blob") == blob;

    // A reader that has just read the head that named the last one must still find it.
    private async Task DeleteSnapshotsAsync(AccountGlance account, DateTimeOffset old, CancellationToken cancellation)
    {
        var prefix = SnapshotBlobs.Prefix(account.Account);
        var blobs = await storage.Snapshots.ListAsync(prefix, cancellation).ToListAsync(cancellation);
        var inForce = blobs.Find(blob => blob.Name == account.Head.Snapshot?.Blob);
        if (account.Head.Snapshot is not null && (inForce.Name is null || inForce.Stored >= old))
        {
            return;
        }

        foreach (var blob in blobs.Where(blob => blob.Stored < old && blob.Name != inForce.Name))
        {
            await storage.Snapshots.DeleteAsync(blob.Name, cancellation);
        }
    }
}
