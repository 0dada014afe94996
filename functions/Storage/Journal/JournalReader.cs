using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// Reads accounts. One range query finds the head (which authenticates) and whatever the cache does not know;
/// older entries and the whole view are fetched only for those who need them.
/// </summary>
internal sealed class JournalReader(StorageAccount storage, MemoryBudget budget, TimeProvider clock)
{
    private const int FirstPage = 200;

    /// <summary>The head and the newest entry.</summary>
    private const int GlancePage = 2;

    private const int WalkLimit = 256;
    private const long WalkBytes = 4 * 1024 * 1024;

    /// <summary>Who is further behind than a page catches up in steps of so many entries.</summary>
    private const int CatchUpStep = 32;

    /// <summary>What any request may take without asking for memory.</summary>
    private const long FreeBytes = 256 * 1024;

    /// <summary>A clock that differs from the storage's by more than this is not believed.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private readonly EntryRows _entries = new(storage.Commits);
    private readonly AccountCache _cache = new(budget);
    private readonly ViewLoader _views = new(storage, budget);

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
                var (head, rows, isWhole, skew) = await ReadRowsAsync(account, from, FirstPage, cancellation);
                var header = head is null ? null : AccountHead.From(head);
                if (header is null || from + 1 < header.First || IsOfEarlierLife(known, header))
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
                    await AdvanceAsync(reading, rows, isWhole, cancellation);
                    known = null; // The reading has it now.
                    return (reading, skew);
                }
                else if (_cache.Add(account, NewState(header, rows = Valid(rows, header))) is { } added)
                {
                    return (new AccountReading(_cache, added, header, head!.ETag!, skew, rows), skew);
                }
            }
            catch (EntryGoneException) when (known is not null)
            {
                _cache.Forget(known); // Too far behind: what it would have to catch up on has been trimmed.
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

    /// <summary>What maintenance decides by; null when there is no such account. Nothing of it is remembered.</summary>
    internal async Task<AccountGlance?> GlanceAsync(AccountKey account, CancellationToken cancellation)
    {
        var (row, rows, _, skew) = await ReadRowsAsync(account, after: null, GlancePage, cancellation);
        if (row is null)
        {
            return null;
        }

        var head = AccountHead.From(row);
        var state = NewState(head, Valid(rows, head));
        return new AccountGlance(account, head, state.Position.Version, state.IsClosed, clock.GetUtcNow() + skew);
    }

    /// <summary>Brings a request's account up to date again, after another writer was faster.</summary>
    internal async Task CatchUpAsync(AccountReading reading, CancellationToken cancellation)
    {
        var version = reading.State.Position.Version;
        var (row, rows, isWhole, skew) = await ReadRowsAsync(reading.Account, version, FirstPage, cancellation);
        reading.Head.ThrowIfEnded(row is null ? null : AccountHead.From(row));
        try
        {
            await AdvanceAsync(reading, rows, isWhole, cancellation);
        }
        catch (EntryGoneException e)
        {
            throw new StorageUnavailableException("The journal has gone on too far to follow.", e);
        }

        reading.Skew = skew;
    }

    /// <summary>Takes in an entry, for one that this process has just written.</summary>
    internal static void Advance(AccountReading reading, Entry entry, Row row)
    {
        reading.State.Advance(entry, row);
        reading.Recount();
    }

    /// <summary>What a poll with that cursor has to be told; loads the view only if the newest entries do not do.</summary>
    internal async Task<Updates> UpdatesAsync(AccountReading reading, double since, CancellationToken cancellation)
    {
        var state = reading.State;
        if (state.Updates(since) is { } updates)
        {
            return updates;
        }

        // What the snapshot holds is not worth walking to entry by entry.
        if (since > (reading.Head.Snapshot?.St ?? reading.Head.Created).Seconds)
        {
            await RememberDownToAsync(reading, since, cancellation);
            if (state.Updates(since) is { } walked)
            {
                return walked;
            }
        }

        await _views.LoadAsync(reading, cancellation);
        return state.WithView(view => Updates.From(view, since));
    }

    // Below the first there may be entries that are being deleted.
    private static List<Row> Valid(List<Row> rows, AccountHead head) =>
        [.. rows.Where(row => JournalKeys.NumberOf(row.Key) >= head.First)];

    private static bool IsOfEarlierLife(AccountCache.Cached? known, AccountHead head) =>
        known is not null && known.State.Created != head.Created;

    private static AccountState NewState(AccountHead head, List<Row> rows) =>
        rows.Count == 0
            ? new AccountState(head, head.First - 1, head.Created)
            : new AccountState(
                head,
                JournalKeys.NumberOf(rows[0].Key)!.Value,
                EntryRows.St(rows[0]),
                EntryRows.IsClosing(rows[0])
            );

    /// <summary>Makes sure that the whole view is there.</summary>
    internal Task LoadViewAsync(AccountReading reading, CancellationToken cancellation) =>
        _views.LoadAsync(reading, cancellation);

    // The head, and the entries after a version, newest first: a page of them, and whether there are no more.
    private async Task<(Row? Head, List<Row> NewestFirst, bool IsWhole, TimeSpan Skew)> ReadRowsAsync(
        AccountKey account,
        long? after,
        int top,
        CancellationToken cancellation
    )
    {
        var range = after is { } version ? JournalKeys.HeadAndAfter(version) : JournalKeys.HeadAndAll;
        var rows = new List<Row>();
        string? continuation = null;
        RowPage page;
        do
        {
            page = await storage.Journal.QueryAsync(account.Value, range, top, continuation, cancellation);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null && !rows.Exists(IsEntry));

        var head = rows.Find(row => row.Key == JournalKeys.Head);
        return (head, rows.FindAll(IsEntry), continuation is null, SkewOf(page));
    }

    private static bool IsEntry(Row row) => JournalKeys.NumberOf(row.Key) is not null;

    private TimeSpan SkewOf(RowPage page)
    {
        var skew = page.Date - clock.GetUtcNow();
        return skew.Duration() > Tolerance ? skew : TimeSpan.Zero;
    }

    private async Task RememberDownToAsync(AccountReading reading, double since, CancellationToken cancellation)
    {
        try
        {
            reading.State.Remember(await WalkDownToAsync(reading, since, cancellation));
            reading.Recount();
        }
        catch (EntryGoneException)
        {
            // Trimmed since the head was read. The view has the answer.
        }
    }

    private async Task<List<Entry>> WalkDownToAsync(
        AccountReading reading,
        double since,
        CancellationToken cancellation
    )
    {
        var walked = new List<Entry>();
        long bytes = 0;
        var (from, first) = (reading.State.OldestRecent - 1, reading.Head.First);
        await foreach (var row in _views.RowsDownAsync(reading, from, first, cancellation))
        {
            bytes += EntryRows.Weight(row);
            if (bytes > WalkBytes)
            {
                break; // The view is the better answer.
            }

            var entry = await _entries.ReadAsync(row, cancellation);
            walked.Add(entry);
            if (entry.St.Seconds < since || entry.Kind == EntryKind.Reset || walked.Count == WalkLimit)
            {
                break;
            }
        }

        return walked;
    }

    private async Task AdvanceAsync(
        AccountReading reading,
        List<Row> newestFirst,
        bool isWhole,
        CancellationToken cancellation
    )
    {
        if (isWhole)
        {
            await TakeInAsync(reading, newestFirst, cancellation);
            return;
        }

        // Far behind: oldest first and a few at a time, so that memory holds no more than those.
        var newest = JournalKeys.NumberOf(newestFirst[0].Key)!.Value;
        while (reading.State.Position.Version < newest)
        {
            var next = reading.State.Position.Version + 1;
            var step = JournalKeys.DownFrom(Math.Min(newest, next + CatchUpStep - 1), next);
            var rows = await storage
                .Journal.RowsAsync(reading.Account.Value, step, cancellation)
                .ToListAsync(cancellation);
            if (rows.Count == 0)
            {
                throw new EntryGoneException($"The journal of account {reading.Account} lacks entry {next}.");
            }

            await TakeInAsync(reading, rows, cancellation);
        }
    }

    private async Task TakeInAsync(AccountReading reading, List<Row> newestFirst, CancellationToken cancellation)
    {
        if (newestFirst.Count == 0)
        {
            return;
        }

        var needed = newestFirst.Sum(row => (long)RowRules.SizeOf(row)) + newestFirst.Max(EntryRows.Weight);
        using var memory = needed > FreeBytes ? await budget.ReserveAsync(needed, cancellation) : null;
        foreach (var row in Enumerable.Reverse(newestFirst))
        {
            Advance(reading, await _entries.ReadAsync(row, cancellation), row);
        }
    }
}
