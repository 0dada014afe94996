using System.Security.Cryptography;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>Writes views down, so that a cold instance reads one blob and the entries after it.</summary>
internal sealed class Snapshots(StorageAccount storage, AccountJournal journal, RandomNumberGenerator random)
{
    private readonly SnapshotBlobs _blobs = new(storage.Snapshots);
    private readonly HeadRow _head = new(storage.Journal);

    /// <summary>
    /// Whether the entries after the last snapshot are many. No view is loaded for that, and the entries themselves are
    /// read only where their number does not decide.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="commits">The blobs of its commits.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    internal async Task<bool> IsDueAsync(
        AccountGlance account,
        IReadOnlyCollection<BlobEntry> commits,
        CancellationToken cancellation
    )
    {
        var tail = new Tail(
            account.EntriesAfterSnapshot,
            Bytes: 0,
            commits.Count(blob => IsAfterSnapshot(blob, account))
        );
        if (tail.Entries <= 0)
        {
            return false;
        }

        if (IsDue(tail) || !IsDue(tail with { Bytes = long.MaxValue }))
        {
            return IsDue(tail);
        }

        var range = JournalKeys.DownFrom(account.Version, account.Head.FirstToFold);
        await foreach (var row in storage.Journal.RowsAsync(account.Account.Value, range, cancellation))
        {
            tail = tail with { Bytes = tail.Bytes + RowRules.SizeOf(row) };
            if (IsDue(tail))
            {
                return true;
            }
        }

        return false;

        bool IsDue(Tail known) => known.IsSnapshotDue(account.Head.Snapshot, journal.Thresholds);
    }

    /// <summary>Takes a snapshot, unless since it was looked at the account has got another one, or another life.</summary>
    internal async Task TakeAsync(AccountGlance account, CancellationToken cancellation)
    {
        using var reading = await journal.ReadAsync(account.Account, cancellation);
        if (
            reading is not { Head.Life: AccountLife.InUse, State.IsClosed: false }
            || (reading.Head.Created, reading.Head.Snapshot) != (account.Head.Created, account.Head.Snapshot)
        )
        {
            return;
        }

        var (snapshot, viewBytes) = await journal.ReadViewAsync(
            reading,
            view => (view.IsClosed ? null : view.ToSnapshot(), view.Bytes),
            cancellation
        );
        if (snapshot is null)
        {
            return;
        }

        var mark = await _blobs.WriteAsync(
            reading.Account,
            snapshot,
            viewBytes,
            Unique(),
            journal.Memory,
            cancellation
        );

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

    // By the number in its name. One that lost its number to another looks the same: it costs a snapshot once, for then
    // its number is in it.
    private static bool IsAfterSnapshot(BlobEntry blob, AccountGlance account) =>
        EntryRows.NumberOfBlob(blob.Name) is { } number
        && number >= account.Head.FirstToFold
        && number <= account.Version;

    private static bool IsForwards(SnapshotMark? before, SnapshotMark mark) =>
        before is null || before.Number < mark.Number;

    private string Unique()
    {
        var bytes = new byte[8];
        random.GetBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
