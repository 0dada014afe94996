using System.Runtime.CompilerServices;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// Reads accounts. One range query finds the head (which authenticates) and whatever the cache does not know;
/// older entries and the whole view are fetched only for those who need them.
/// </summary>
internal sealed class JournalReader(StorageAccount storage, AccountCache cache, TimeProvider clock)
{
    private const int FirstPage = 200;
    private const int FurtherPages = RowLimits.PageRows;
    private const int WalkLimit = 256;

    /// <summary>A clock that differs from the storage's by more than this is not believed.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private readonly EntryRows _entries = new(storage.Commits);

    /// <summary>The account, up to date; null when there is none, with how far the storage's clock is ahead of ours.</summary>
    internal async Task<(AccountReading? Reading, TimeSpan Skew)> ReadAsync(
        AccountKey account,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var known = cache.Find(account);
            var from = known?.Position.Version;
            var (head, rows, skew) = await ReadRowsAsync(account, from, cancellation);
            if (head is null)
            {
                cache.Forget(account);
                return (null, skew);
            }

            var header = AccountHead.From(head);
            if (known is null)
            {
                var state = NewState(header, rows);
                if (cache.Add(account, state) == state)
                {
                    return (new AccountReading(account, header, head.ETag!, skew, state, rows), skew);
                }
            }
            else if (from + 1 < header.First)
            {
                cache.Forget(account);
            }
            else
            {
                known.Advance(await UnpackAsync(rows.Reverse(), cancellation));
                return (new AccountReading(account, header, head.ETag!, skew, known, []), skew);
            }
        }
    }

    /// <summary>Brings a request's account up to date again, after another writer was faster.</summary>
    internal async Task CatchUpAsync(AccountReading reading, CancellationToken cancellation)
    {
        var (_, rows, skew) = await ReadRowsAsync(reading.Account, reading.State.Position.Version, cancellation);
        reading.State.Advance(await UnpackAsync(rows.Reverse(), cancellation));
        reading.Skew = skew;
    }

    /// <summary>What a poll with that cursor has to be told; loads the view only if the newest entries do not do.</summary>
    internal async Task<Updates> UpdatesAsync(AccountReading reading, double since, CancellationToken cancellation)
    {
        var state = reading.State;
        if (state.Updates(since) is { } updates)
        {
            return updates;
        }

        if (since > reading.Head.Created.Seconds)
        {
            state.Remember(await WalkDownToAsync(reading, since, cancellation));
            if (state.Updates(since) is { } walked)
            {
                return walked;
            }
        }

        await LoadViewAsync(reading, cancellation);
        return state.WithView(view => Updates.From(view, since));
    }

    /// <summary>Makes sure that the whole view is there.</summary>
    internal async Task LoadViewAsync(AccountReading reading, CancellationToken cancellation)
    {
        var state = reading.State;
        if (state.HasView)
        {
            return;
        }

        await state.Loaders.WaitAsync(cancellation);
        try
        {
            while (!state.HasView && !state.Adopt(await BuildViewAsync(reading, cancellation)))
            {
                // So many entries came in meanwhile that the view is too old to be brought up to date from memory.
            }
        }
        finally
        {
            state.Loaders.Release();
        }

        cache.Trim();
    }

    private static AccountState NewState(AccountHead head, IReadOnlyList<Row> rows) =>
        rows.Count == 0
            ? new AccountState(head, head.First - 1, head.Created)
            : new AccountState(head, JournalKeys.NumberOf(rows[0].Key)!.Value, EntryRows.St(rows[0]));

    // The head, and the entries after a version: all of them, or, where no version is known, the first page.
    private async Task<(Row? Head, IReadOnlyList<Row> NewestFirst, TimeSpan Skew)> ReadRowsAsync(
        AccountKey account,
        long? after,
        CancellationToken cancellation
    )
    {
        var range = after is { } version ? JournalKeys.HeadAndAfter(version) : JournalKeys.HeadAndAll;
        var rows = new List<Row>();
        string? continuation = null;
        RowPage page;
        do
        {
            page = await storage.Journal.QueryAsync(account.Value, range, FirstPage, continuation, cancellation);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null && (after is not null || !rows.Exists(IsEntry)));

        return (rows.Find(row => row.Key == JournalKeys.Head), rows.FindAll(IsEntry), SkewOf(page));
    }

    private static bool IsEntry(Row row) => JournalKeys.NumberOf(row.Key) is not null;

    private TimeSpan SkewOf(RowPage page)
    {
        var skew = page.Date - clock.GetUtcNow();
        return skew.Duration() > Tolerance ? skew : TimeSpan.Zero;
    }

    private async Task<List<Entry>> WalkDownToAsync(
        AccountReading reading,
        double since,
        CancellationToken cancellation
    )
    {
        var walked = new List<Entry>();
        await foreach (var row in RowsDownAsync(reading, reading.State.OldestRecent - 1, cancellation))
        {
            var entry = await _entries.ReadAsync(row, cancellation);
            walked.Add(entry);
            if (entry.St.Seconds < since || entry.Kind == EntryKind.Reset || walked.Count == WalkLimit)
            {
                break;
            }
        }

        return walked;
    }

    private async Task<AccountView> BuildViewAsync(AccountReading reading, CancellationToken cancellation)
    {
        var rows = new Stack<Row>();
        await foreach (var row in RowsDownAsync(reading, reading.State.Position.Version, cancellation))
        {
            rows.Push(row);
        }

        var view = reading.Head.EmptyView();
        foreach (var row in rows)
        {
            view.Apply(await _entries.ReadAsync(row, cancellation));
        }

        return view;
    }

    // The entries from a number down to the first, newest first; those that came with the first read are not read again.
    private async IAsyncEnumerable<Row> RowsDownAsync(
        AccountReading reading,
        long from,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        foreach (var row in reading.NewestRows)
        {
            if (JournalKeys.NumberOf(row.Key) == from)
            {
                yield return row;
                from--;
            }
        }

        string? continuation = null;
        var range = JournalKeys.DownFrom(from, reading.Head.First);
        while (from >= reading.Head.First)
        {
            var page = await storage.Journal.QueryAsync(
                reading.Account.Value,
                range,
                FurtherPages,
                continuation,
                cancellation
            );
            foreach (var row in page.Rows)
            {
                yield return row;
                from--;
            }

            continuation = page.Continuation;
            if (continuation is null && from >= reading.Head.First)
            {
                throw new InvalidDataException($"The journal of {reading.Account} lacks entry {from}.");
            }
        }
    }

    private async Task<List<Entry>> UnpackAsync(IEnumerable<Row> rows, CancellationToken cancellation)
    {
        var entries = new List<Entry>();
        foreach (var row in rows)
        {
            entries.Add(await _entries.ReadAsync(row, cancellation));
        }

        return entries;
    }
}
