using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Erases accounts. A closing entry takes the next number, so that whoever is writing learns of it; the head forgets
/// everything and steps over it; then all rows are emptied and all blobs go; and a day later the rows go as well, and
/// whatever came late. The row in <c>erasures</c> is written first and deleted last: a sweep goes on with whatever was
/// killed. It names the life that is to end: whoever comes late to it, or twice, does nothing to the next one.
/// </summary>
public sealed class Erasure(StorageAccount storage, AccountJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private readonly HeadRow _head = new(storage.Journal);

    /// <summary>Erases an account in the life in which it was read.</summary>
    /// <remarks>
    /// Afterwards nothing is left of what it held. For a day there are still the numbers and times of its entries, and
    /// then only its name and a number.
    /// </remarks>
    /// <exception cref="StorageUnavailableException">It is not done yet; a sweep will go on with it, or whoever asks again.</exception>
    public async Task EraseAsync(AccountReading reading, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var row = SystemRows.Erasure(reading.Account, reading.Head.Created, closing: 0, deleted: default);
        await storage.System.InsertAsync(row, cancellation);

        // If somebody is at it already, it goes on from where that one got to.
        if (await storage.System.GetAsync(row.Partition, row.Key, cancellation) is { } noted)
        {
            await ResumeAsync(noted, cancellation);
        }
    }

    /// <summary>Whether the account, in the life in which it was read, is being erased already: a sweep finishes that.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer.</exception>
    public async Task<bool> IsBegunAsync(AccountReading reading, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading is not { Head.Life: AccountLife.InUse, State.IsClosed: false }
            || await storage.System.GetAsync(
                SystemRows.Erasures,
                SystemRows.ErasureKey(reading.Account, reading.Head.Created),
                cancellation
            )
                is not null;
    }

    /// <summary>Goes on with what was begun, from its row in <c>erasures</c>.</summary>
    internal async Task ResumeAsync(Row row, CancellationToken cancellation)
    {
        var (account, life) = SystemRows.LifeOf(row);
        var closing = row.Integer("Closing") ?? 0;
        var deleted = row.Integer("Deleted") ?? 0;
        if (closing == 0)
        {
            if (await CloseAsync(account, life, cancellation) is not { } number)
            {
                // That life is over. If the row is as it was, nobody else is at it either.
                await storage.System.DeleteAsync(row.Partition, row.Key, row.ETag, cancellation);
                return;
            }

            closing = number;
            await NoteAsync(account, life, closing, default, cancellation);
        }

        if (deleted == 0)
        {
            await EmptyRowsAsync(account, closing, cancellation);
            // One more: a large commit that lost its number to the closing entry has left its blob.
            await DeleteBlobsAsync(account, closing + 1, cancellation);
            await _head.ChangeAsync(account, head => Free(head, life), cancellation);
            await NoteAsync(account, life, closing, await NowAsync(account, cancellation), cancellation);
        }
        else if ((await NowAsync(account, cancellation)).Steps - deleted >= Steps(Grace))
        {
            await DeleteRowsAsync(account, closing + 1, cancellation);
            await DeleteBlobsAsync(account, closing + 1, cancellation);
            await storage.System.DeleteAsync(row.Partition, row.Key, null, cancellation);
        }
    }

    // The head alone says which entry ended the life: whoever comes late to close it asks again.
    private async Task<long?> CloseAsync(AccountKey account, ServerTime life, CancellationToken cancellation)
    {
        while (true)
        {
            using var reading = await journal.ReadAsync(account, cancellation);
            if (reading?.Head.Created != life)
            {
                return null;
            }

            if (reading.Head.Life != AccountLife.InUse)
            {
                return reading.Head.First - 1;
            }

            try
            {
                var (closing, st) = await journal.CloseAsync(reading, cancellation);
                await _head.ChangeAsync(account, head => Forget(head, life, closing, st), cancellation);
            }
            catch (AccountErasedException)
            {
                // Somebody else was faster.
            }
        }
    }

    private Task<bool> NoteAsync(
        AccountKey account,
        ServerTime life,
        long closing,
        ServerTime deleted,
        CancellationToken cancellation
    ) => storage.System.MergeAsync(SystemRows.Erasure(account, life, closing, deleted), null, cancellation);

    // By the storage's clock: the day may begin on one instance and end on another.
    private async Task<ServerTime> NowAsync(AccountKey account, CancellationToken cancellation) =>
        ServerTime.From((await journal.GlanceAsync(account, cancellation))?.Now ?? clock.GetUtcNow());

    // Rows first keep their numbers: a writer that is late must find its own taken, whichever it is.
    private async Task EmptyRowsAsync(AccountKey account, long first, CancellationToken cancellation)
    {
        await foreach (var row in storage.Journal.RowsAsync(account.Value, JournalKeys.Below(first), cancellation))
        {
            if (!EntryRows.IsOfEndedLife(row))
            {
                await storage.Journal.MergeAsync(EntryRows.Emptying(row), null, cancellation);
            }
        }
    }

    private async Task DeleteRowsAsync(AccountKey account, long first, CancellationToken cancellation)
    {
        await foreach (var row in storage.Journal.RowsAsync(account.Value, JournalKeys.Below(first), cancellation))
        {
            await storage.Journal.DeleteAsync(account.Value, row.Key, null, cancellation);
        }
    }

    private async Task DeleteBlobsAsync(AccountKey account, long first, CancellationToken cancellation)
    {
        await foreach (var blob in storage.Commits.ListAsync(EntryRows.BlobPrefix(account), cancellation))
        {
            if (EntryRows.NumberOfBlob(blob.Name) is not { } number || number < first)
            {
                await storage.Commits.DeleteAsync(blob.Name, cancellation);
            }
        }

        await foreach (var blob in storage.Snapshots.ListAsync(SnapshotBlobs.Prefix(account), cancellation))
        {
            if (SnapshotBlobs.NumberOf(blob.Name) is not { } number || number < first)
            {
                await storage.Snapshots.DeleteAsync(blob.Name, cancellation);
            }
        }
    }

    private static Dictionary<string, object>? Forget(AccountHead head, ServerTime life, long closing, ServerTime st) =>
        head.Created != life || head.Life != AccountLife.InUse
            ? null
            : new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["Life"] = (long)AccountLife.Erasing,
                ["First"] = closing + 1,
                ["ResetSt"] = st.Steps,
                ["Name"] = "",
                ["WebSeed"] = "",
                ["ApiSeed"] = "",
                ["ApiKid"] = "",
                ["SnapBlob"] = "",
            };

    private static Dictionary<string, object>? Free(AccountHead head, ServerTime life) =>
        head.Created != life || head.Life != AccountLife.Erasing
            ? null
            : new Dictionary<string, object>(StringComparer.Ordinal) { ["Life"] = (long)AccountLife.Erased };

    private static long Steps(TimeSpan time) => (long)time.TotalSeconds * ServerTime.StepsPerSecond;
}
