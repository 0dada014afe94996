using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// Reads accounts. One range query finds the head (which authenticates) and whatever the cache does not know;
/// older entries and the whole view are fetched only for those who need them.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "It lives as long as the process, and its semaphore owns no wait handle."
)]
internal sealed class JournalReader(StorageAccount storage, MemoryBudget budget, TimeProvider clock)
{
    private const int FirstPage = 200;
    private const int FurtherPages = RowLimits.PageRows;
    private const int WalkLimit = 256;
    private const int LoadsAtOnce = 4;

    /// <summary>Memory for a load is reserved in steps of this many bytes.</summary>
    private const int LoadStep = 256 * 1024;

    /// <summary>A clock that differs from the storage's by more than this is not believed.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private readonly EntryRows _entries = new(storage.Commits);
    private readonly AccountCache _cache = new(budget);

    // Loads hold memory while they wait for more: a few at a time can finish, many would only starve each other.
    private readonly SemaphoreSlim _loads = new(LoadsAtOnce, LoadsAtOnce);

    /// <summary>The account, up to date; null when there is none, with how far the storage's clock is ahead of ours.</summary>
    internal async Task<(AccountReading? Reading, TimeSpan Skew)> ReadAsync(
        AccountKey account,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var known = _cache.Find(account);
            try
            {
                var from = known?.State.Position.Version;
                var (head, rows, skew) = await ReadRowsAsync(account, from, cancellation);
                var header = head is null ? null : AccountHead.From(head);
                if (header is null || from + 1 < header.First)
                {
                    if (known is not null)
                    {
                        _cache.Forget(known);
                    }

                    if (header is null)
                    {
                        return (null, skew);
                    }
                }
                else if (known is not null)
                {
                    var reading = new AccountReading(_cache, known, header, head!.ETag!, skew, []);
                    await AdvanceAsync(reading, rows, cancellation);
                    known = null; // The reading has it now.
                    return (reading, skew);
                }
                else if (_cache.Add(account, NewState(header, rows)) is { } added)
                {
                    return (new AccountReading(_cache, added, header, head!.ETag!, skew, rows), skew);
                }
            }
            finally
            {
                if (known is not null)
                {
                    _cache.LetGo(known);
                }
            }
        }
    }

    /// <summary>Brings a request's account up to date again, after another writer was faster.</summary>
    internal async Task CatchUpAsync(AccountReading reading, CancellationToken cancellation)
    {
        var (_, rows, skew) = await ReadRowsAsync(reading.Account, reading.State.Position.Version, cancellation);
        await AdvanceAsync(reading, rows, cancellation);
        reading.Skew = skew;
    }

    /// <summary>Takes in an entry that this process has just written.</summary>
    internal static void Advance(AccountReading reading, IReadOnlyCollection<Entry> entries)
    {
        if (entries.Count > 0)
        {
            reading.State.Advance(entries);
            reading.Recount();
        }
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
            reading.Recount();
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
            while (!state.HasView)
            {
                await LoadAloneAsync(reading, cancellation);
            }
        }
        finally
        {
            state.Loaders.Release();
        }
    }

    private async Task LoadAloneAsync(AccountReading reading, CancellationToken cancellation)
    {
        await _loads.WaitAsync(cancellation);
        try
        {
            using var memory = await budget.ReserveAsync(0, cancellation);
            var view = await BuildViewAsync(reading, memory, cancellation);

            // Not adopted when so many entries came in meanwhile that it cannot be brought up to date from memory.
            if (reading.State.Adopt(view))
            {
                reading.Cached.Reservation.Absorb(memory);
                reading.Recount();
            }
        }
        finally
        {
            _loads.Release();
        }
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

    private async Task<AccountView> BuildViewAsync(
        AccountReading reading,
        MemoryReservation memory,
        CancellationToken cancellation
    )
    {
        var rows = new Stack<Row>();
        long bytes = 0;
        await foreach (var row in RowsDownAsync(reading, reading.State.Position.Version, cancellation))
        {
            rows.Push(row);
            bytes += RowRules.SizeOf(row);
            await KeepUpAsync(bytes);
        }

        var view = reading.Head.EmptyView();
        foreach (var row in rows)
        {
            view.Apply(await _entries.ReadAsync(row, cancellation));
            await KeepUpAsync(bytes + view.Bytes);
        }

        return view;

        async ValueTask KeepUpAsync(long needed)
        {
            if (needed > memory.Size)
            {
                await memory.GrowAsync(needed - memory.Size + LoadStep, cancellation);
            }
        }
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

    private async Task AdvanceAsync(
        AccountReading reading,
        IReadOnlyList<Row> newestFirst,
        CancellationToken cancellation
    )
    {
        var entries = new List<Entry>(newestFirst.Count);
        foreach (var row in newestFirst.Reverse())
        {
            entries.Add(await _entries.ReadAsync(row, cancellation));
        }

        Advance(reading, entries);
    }
}
