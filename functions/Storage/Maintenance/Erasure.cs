using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Erases accounts. A closing entry takes the next number, so that whoever is writing learns of it; the head forgets
/// everything and steps over it; then all rows and blobs go, and again a day later, for what came late. The row in
/// <c>erasures</c> is written first and deleted last: a sweep goes on with whatever was killed.
/// </summary>
public sealed class Erasure(StorageAccount storage, AccountJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private readonly HeadRow _head = new(storage.Journal);

    /// <summary>Erases an account; afterwards nothing of it is left but its name and a number.</summary>
    /// <exception cref="StorageUnavailableException">It is not done yet; a sweep will go on with it, or whoever asks again.</exception>
    public async Task EraseAsync(AccountKey account, CancellationToken cancellation)
    {
        var started = SystemRows.Erasure(account, closing: 0, deleted: default);
        if (!await storage.System.InsertAsync(started, cancellation))
        {
            // Of an earlier life, or of a try that was killed: both are covered by beginning again.
            await storage.System.MergeAsync(started, null, cancellation);
        }

        await GoOnAsync(account, closing: 0, deleted: default, cancellation);
    }

    /// <summary>Goes on with what was begun, from its row in <c>erasures</c>.</summary>
    internal Task ResumeAsync(Row row, CancellationToken cancellation) =>
        GoOnAsync(
            AccountKey.Parse(row.Key),
            row.Integer("Closing") ?? 0,
            new ServerTime(row.Integer("Deleted") ?? 0),
            cancellation
        );

    private async Task GoOnAsync(AccountKey account, long closing, ServerTime deleted, CancellationToken cancellation)
    {
        if (closing == 0)
        {
            if (await journal.CloseAsync(account, cancellation) is not var (number, st))
            {
                await storage.System.DeleteAsync(SystemRows.Erasures, account.Value, null, cancellation);
                return;
            }

            closing = number;
            await _head.ChangeAsync(account, head => Forget(head, number, st), cancellation);
            await storage.System.MergeAsync(SystemRows.Erasure(account, closing, default), null, cancellation);
        }

        if (deleted == default)
        {
            // All but the closing entry: a writer that is late must still find its number taken.
            await DeleteAllAsync(account, closing, cancellation);
            await _head.ChangeAsync(account, head => Life(head, closing, AccountLife.Erased), cancellation);
            var now = ServerTime.From(clock.GetUtcNow());
            await storage.System.MergeAsync(SystemRows.Erasure(account, closing, now), null, cancellation);
        }
        else if (clock.GetUtcNow() - ToInstant(deleted) >= Grace)
        {
            await DeleteAllAsync(account, closing + 1, cancellation);
            await storage.System.DeleteAsync(SystemRows.Erasures, account.Value, null, cancellation);
        }
    }

    private async Task DeleteAllAsync(AccountKey account, long first, CancellationToken cancellation)
    {
        await Trimming.DeleteBelowAsync(storage, account, first, cancellation);
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

    // Only once: a head that is past the closing entry may be that of the next life already.
    private static Dictionary<string, object>? Forget(AccountHead head, long closing, ServerTime st) =>
        head.First > closing
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

    private static Dictionary<string, object>? Life(AccountHead head, long closing, AccountLife life) =>
        head.Life == AccountLife.Erasing && head.First == closing + 1
            ? new Dictionary<string, object>(StringComparer.Ordinal) { ["Life"] = (long)life }
            : null;

    private static DateTimeOffset ToInstant(ServerTime time) =>
        DateTimeOffset.UnixEpoch.AddSeconds((double)time.Steps / ServerTime.StepsPerSecond);
}
