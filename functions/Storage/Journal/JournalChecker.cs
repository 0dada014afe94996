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
public sealed class JournalChecker(StorageAccount storage)
{
    private const string Accounts = "accounts";

    private readonly EntryRows _entries = new(storage.Commits);

    /// <summary>How many accounts, entries and items in force have been looked at so far.</summary>
    public (int Accounts, long Entries, long Items) Seen { get; private set; }

    /// <summary>Checks every account in the list of accounts.</summary>
    public async IAsyncEnumerable<JournalFinding> CheckAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(storage.System, Accounts, new RowRange("", "~"), cancellation))
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
        var head = await storage.Journal.GetAsync(partition, JournalKeys.Head, cancellation);
        if (head is null)
        {
            // The list is written first: a sign-in that was killed in between leaves this, and the next one mends it.
            yield break;
        }

        var header = AccountHead.From(head);
        var rows = new Stack<Row>();
        await foreach (var row in RowsAsync(storage.Journal, partition, JournalKeys.HeadAndAll, cancellation))
        {
            if (JournalKeys.NumberOf(row.Key) is not null)
            {
                rows.Push(row);
            }
        }

        var view = header.EmptyView();
        var commits = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var (entry, damage) = await ReadAsync(row, cancellation);
            var problems = entry is null ? [damage!] : Problems(entry, view, commits).ToList();
            foreach (var problem in problems)
            {
                yield return problem;
            }

            if (entry is null || entry.Number != view.Version + 1 || entry.St <= view.LastSt)
            {
                yield return $"entries from {JournalKeys.NumberOf(row.Key)} on cannot be followed";
                yield break;
            }

            view.Apply(entry);
            Seen = Seen with { Entries = Seen.Entries + 1 };
        }

        Seen = Seen with { Items = Seen.Items + view.Records.Count + view.Settings.Count };
    }

    private async Task<(Entry? Entry, string? Damage)> ReadAsync(Row row, CancellationToken cancellation)
    {
        try
        {
            return (await _entries.ReadAsync(row, cancellation), null);
        }
        catch (InvalidDataException e)
        {
            return (null, e.Message);
        }
    }

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

            now[key] = new StoredItem(change.Now, entry.St, entry.Number);
        }
    }

    private static async IAsyncEnumerable<Row> RowsAsync(
        ITable table,
        string partition,
        RowRange range,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(partition, range, RowLimits.PageRows, continuation, cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            continuation = page.Continuation;
        } while (continuation is not null);
    }
}
