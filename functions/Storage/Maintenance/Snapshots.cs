using System.Security.Cryptography;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>Writes views down, so that a cold instance reads one blob and the entries after it.</summary>
internal sealed class Snapshots(StorageAccount storage, AccountJournal journal, RandomNumberGenerator random)
{
    private readonly SnapshotBlobs _blobs = new(storage.Snapshots);
    private readonly HeadRow _head = new(storage.Journal);

    /// <summary>Takes a snapshot if the entries after the last one are many.</summary>
    internal async Task TakeIfDueAsync(AccountReading reading, CancellationToken cancellation)
    {
        // Loading the view is what tells how much lies after the snapshot.
        var (snapshot, viewBytes) = await journal.ReadViewAsync(
            reading,
            view => (view.IsClosed ? null : view.ToSnapshot(), view.Bytes),
            cancellation
        );
        if (
            snapshot is null
            || !reading.State.TailOf(reading.Head.Snapshot).IsSnapshotDue(reading.Head.Snapshot, journal.Thresholds)
        )
        {
            return;
        }

        var mark = await _blobs.WriteAsync(reading.Account, snapshot, viewBytes, Unique(), cancellation);

        // If another was faster, nobody names this one. It is not deleted here: "changed meanwhile" may be the doing of
        // our own first try, whose answer was lost, and then the head names it after all.
        await _head.ChangeAsync(
            reading.Account,
            head =>
                head.Life == AccountLife.InUse && head.First == reading.Head.First && IsForwards(head.Snapshot, mark)
                    ? mark.ToColumns()
                    : null,
            cancellation
        );
    }

    private static bool IsForwards(SnapshotMark? before, SnapshotMark mark) =>
        before is null || before.Number < mark.Number;

    private string Unique()
    {
        var bytes = new byte[8];
        random.GetBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
