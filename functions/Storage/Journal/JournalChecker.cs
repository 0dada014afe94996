using System.Runtime.CompilerServices;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Something in the store that is not as it should be.</summary>
/// <param name="Account">The account's partition.</param>
/// <param name="Problem">What is wrong, in a sentence.</param>
public sealed record JournalFinding(string Account, string Problem);

/// <summary>
/// Reads every journal from its first entry to its last and says what is wrong with it: a tool for whoever runs the
/// product, and the judge of our own proofs. It only reads, and may run beside the product.
/// </summary>
/// <remarks>
/// It goes by the list of accounts, as every sweep does. An account that the list lacks is not found by walking, for a
/// journal can only be asked about a partition that one knows; of such an account only blobs are seen, as orphans.
/// And a journal that has lost its newest entries looks like one that never had them.
/// </remarks>
public sealed class JournalChecker(StorageAccount storage)
{
    private const string AllBlobs = "commits/";

    private readonly EntryRows _entries = new(storage.Commits);
    private readonly SnapshotBlobs _snapshots = new(storage.Snapshots);

    // Those that no entry looked at so far names.
    private readonly HashSet<string> _blobs = new(StringComparer.Ordinal);

    /// <summary>How many accounts, entries and items in force have been looked at so far.</summary>
    public (int Accounts, long Entries, long Items) Seen { get; private set; }

    /// <summary>
    /// How many blobs no entry names, once all accounts are checked. No damage: a commit writes its blob first, so one
    /// that was killed in between or lost its number to another leaves it, and one that is being written has it already.
    /// </summary>
    public int Orphans => _blobs.Count;

    /// <summary>Checks every account in the list of accounts.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer: what was not reached is unknown.</exception>
    public async IAsyncEnumerable<JournalFinding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Before the entries: a commit made meanwhile then has an entry whose blob was not listed, and not the reverse.
        await foreach (var blob in storage.Commits.ListAsync(AllBlobs, cancellation))
        {
            _blobs.Add(blob.Name);
        }

        await foreach (var row in storage.System.RowsAsync(SystemRows.Accounts, SystemRows.All, cancellation))
        {
            Seen = Seen with { Accounts = Seen.Accounts + 1 };
            await foreach (var problem in CheckAccountAsync(row.Key, cancellation))
            {
                yield return new JournalFinding(row.Key, problem);
            }
        }
    }

    private async IAsyncEnumerable<string> CheckAccountAsync(
        string partition,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        // The entries first: whoever wrote one had a head.
        var rows = await OldestFirstAsync(partition, cancellation);
        var head = await storage.Journal.GetAsync(partition, JournalKeys.Head, cancellation);
        if (head is null)
        {
            // The list is written first: a sign-in that was killed in between leaves this, and the next one mends it.
            if (rows.Count > 0)
            {
                yield return $"its head is missing, and {rows.Count} entries are there";
            }

            yield break;
        }

        var (header, problem) = HeadOf(head);
        if (header is null)
        {
            yield return problem;
            yield break;
        }

        var (snapshot, flaw) = await SnapshotOfAsync(header, cancellation);
        if (flaw is not null)
        {
            yield return flaw;
            yield break;
        }

        // Once entries have been trimmed, the snapshot alone says what came before those that are left.
        var isWhole = snapshot is null || header.First == 1;
        var view = isWhole ? header.EmptyView() : snapshot!;
        var commits = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => JournalKeys.NumberOf(row.Key) >= view.Version + 1))
        {
            var (entry, damage) = await ReadAsync(row, cancellation);
            var problems = entry is null ? [damage] : Problems(entry, view, commits).ToList();
            foreach (var found in problems)
            {
                yield return found;
            }

            if (entry is null || entry.Number != view.Version + 1 || entry.St <= view.LastSt)
            {
                yield return $"entries from {JournalKeys.NumberOf(row.Key)} on cannot be followed";
                yield break;
            }

            view.Apply(entry);
            Seen = Seen with { Entries = Seen.Entries + 1 };
            if (isWhole && entry.Number == snapshot?.Version && !IsSame(view, snapshot))
            {
                yield return $"its snapshot of entry {entry.Number} is not what its entries come to";
            }
        }

        Seen = Seen with { Items = Seen.Items + view.Count };
    }

    private async Task<(AccountView? View, string? Flaw)> SnapshotOfAsync(
        AccountHead head,
        CancellationToken cancellation
    )
    {
        if (head.Snapshot is not { } mark)
        {
            return (null, null);
        }

        try
        {
            return (await _snapshots.ReadAsync(mark, cancellation), null);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return (null, e.Message);
        }
    }

    private static bool IsSame(AccountView view, AccountView snapshot) =>
        view.LastSt == snapshot.LastSt
        && view.ResetSt == snapshot.ResetSt
        && view.ResetAt == snapshot.ResetAt
        && view.All(ItemKind.Record).ToList().SequenceEqual(snapshot.All(ItemKind.Record).ToList())
        && view.All(ItemKind.Setting).ToList().SequenceEqual(snapshot.All(ItemKind.Setting).ToList());

    private async Task<Stack<Row>> OldestFirstAsync(string partition, CancellationToken cancellation)
    {
        var rows = new Stack<Row>();
        await foreach (var row in storage.Journal.RowsAsync(partition, JournalKeys.HeadAndAll, cancellation))
        {
            if (JournalKeys.NumberOf(row.Key) is not null)
            {
                rows.Push(row);
                _blobs.Remove(row.Properties.GetValueOrDefault("Blob") as string ?? "");
            }
        }

        return rows;
    }

    private async Task<(Entry? Entry, string Damage)> ReadAsync(Row row, CancellationToken cancellation)
    {
        try
        {
            return (await _entries.ReadAsync(row, cancellation), "");
        }
        catch (Exception e) when (IsDamage(e))
        {
            return (null, e.Message);
        }
    }

    private static (AccountHead? Head, string Damage) HeadOf(Row row)
    {
        try
        {
            return (AccountHead.From(row), "");
        }
        catch (Exception e) when (IsDamage(e))
        {
            return (null, e.Message);
        }
    }

    // Beside what the reader itself calls damage: a column of another type, and the name of a blob that none can have.
    private static bool IsDamage(Exception e) =>
        e
            is InvalidDataException
                or EntryGoneException
                or NewerFormatException
                or InvalidCastException
                or ArgumentException;

    private static IEnumerable<string> Problems(Entry entry, AccountView before, HashSet<string> commits)
    {
        if (entry.Number != before.Version + 1)
        {
            yield return $"entry {entry.Number} follows entry {before.Version}";
        }

        if (entry.St <= before.LastSt)
        {
            yield return $"entry {entry.Number}: st {entry.St} is not after {before.LastSt}";
        }

        if (!commits.Add(entry.CommitId))
        {
            yield return $"entry {entry.Number}: its commit {entry.CommitId} is there twice";
        }

        var fits = entry.Kind switch
        {
            EntryKind.Items => entry.Changes.Count > 0,
            EntryKind.Reset or EntryKind.Closing => entry.Changes.Count == 0,
            _ => false,
        };
        if (!fits)
        {
            yield return $"entry {entry.Number}: its kind is {(int)entry.Kind} and it stores {entry.Changes.Count} items";
        }

        // Each change says what it replaced; within an entry, later changes see earlier ones.
        var now = new Dictionary<(Type, string), StoredItem>();
        foreach (var change in entry.Changes)
        {
            var key = (change.Now.GetType(), change.Now.Key);
            var kind = change.Now is Domain.Records.Record ? ItemKind.Record : ItemKind.Setting;
            var was = now.GetValueOrDefault(key) ?? before.Find(kind, change.Now.Key);
            if (was != change.Was)
            {
                yield return $"entry {entry.Number}: what it says to have replaced was not there";
            }

            if (change.Now.Mt < was?.Item.Mt || change.Now.Mt < change.Lost?.Mt)
            {
                yield return $"entry {entry.Number}: an older version stands before a newer one";
            }

            now[key] = new StoredItem(change.Now, entry.St, entry.Number);
        }
    }
}
