using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Deletes blobs that nobody names: of commits that lost their number to another or were killed before their row was
/// written, and snapshots that were superseded. Each gets a day, far more than any call that may still want it.
/// </summary>
internal sealed class Orphans(StorageAccount storage, TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    internal async Task DeleteAsync(AccountReading reading, CancellationToken cancellation)
    {
        var old = clock.GetUtcNow() + reading.Skew - Grace;
        await DeleteCommitsAsync(reading, old, cancellation);
        await DeleteSnapshotsAsync(reading, old, cancellation);
    }

    private async Task DeleteCommitsAsync(AccountReading reading, DateTimeOffset old, CancellationToken cancellation)
    {
        var prefix = EntryRows.BlobPrefix(reading.Account);
        await foreach (var blob in storage.Commits.ListAsync(prefix, cancellation))
        {
            if (
                blob.Stored < old
                && EntryRows.NumberOfBlob(blob.Name) is { } number
                && !await IsNamedAsync(reading, number, blob.Name, cancellation)
            )
            {
                await storage.Commits.DeleteAsync(blob.Name, cancellation);
            }
        }
    }

    private async Task<bool> IsNamedAsync(
        AccountReading reading,
        long number,
        string blob,
        CancellationToken cancellation
    ) =>
        number >= reading.Head.First
        && await storage.Journal.GetAsync(reading.Account.Value, JournalKeys.Entry(number), cancellation) is { } row
        && row.Text("Blob") == blob;

    // A reader that has just read the head that named the last one must still find it.
    private async Task DeleteSnapshotsAsync(AccountReading reading, DateTimeOffset old, CancellationToken cancellation)
    {
        var prefix = SnapshotBlobs.Prefix(reading.Account);
        var blobs = await storage.Snapshots.ListAsync(prefix, cancellation).ToListAsync(cancellation);
        var inForce = blobs.Find(blob => blob.Name == reading.Head.Snapshot?.Blob);
        if (reading.Head.Snapshot is not null && (inForce.Name is null || inForce.Stored >= old))
        {
            return;
        }

        foreach (var blob in blobs.Where(blob => blob.Stored < old && blob.Name != inForce.Name))
        {
            await storage.Snapshots.DeleteAsync(blob.Name, cancellation);
        }
    }
}
