using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Builds the views of accounts from their snapshots and journals: once per account at a time, within the memory budget.</summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "It lives as long as the process, and its semaphore owns no wait handle."
)]
internal sealed class ViewLoader(StorageAccount storage, MemoryBudget budget)
{
    private const int LoadsAtOnce = 4;

    /// <summary>Memory for a load is reserved in steps of this many bytes.</summary>
    private const int LoadStep = 256 * 1024;

    private readonly EntryRows _entries = new(storage.Commits);
    private readonly SnapshotBlobs _snapshots = new(storage.Snapshots);

    // Loads hold memory while they wait for more: a few at a time can finish, many would only starve each other.
    private readonly SemaphoreSlim _loads = new(LoadsAtOnce, LoadsAtOnce);

    /// <summary>Makes sure that the whole view is there.</summary>
    internal async Task LoadAsync(AccountReading reading, CancellationToken cancellation)
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
            for (AccountHead? head = reading.Head; head is not null; )
            {
                head = await TryLoadFromAsync(reading, head, cancellation);
            }
        }
        finally
        {
            _loads.Release();
        }
    }

    // Maintenance may have moved on since the head was read: then the present one, returned, leads to what is there.
    private async Task<AccountHead?> TryLoadFromAsync(
        AccountReading reading,
        AccountHead head,
        CancellationToken cancellation
    )
    {
        try
        {
            await LoadFromAsync(reading, head, cancellation);
            return null;
        }
        catch (EntryGoneException gone)
        {
            var row = await storage.Journal.GetAsync(reading.Account.Value, JournalKeys.Head, cancellation);
            var present = row is null ? null : AccountHead.From(row);
            reading.Head.ThrowIfEnded(present);
            return present!.First == head.First && present.Snapshot == head.Snapshot
                ? throw new InvalidDataException(gone.Message, gone)
                : present;
        }
    }

    private async Task LoadFromAsync(AccountReading reading, AccountHead head, CancellationToken cancellation)
    {
        using var memory = await budget.ReserveAsync(0, cancellation);
        var (view, tail) = await BuildViewAsync(reading, head, memory, cancellation);

        // Not adopted when so many entries came in meanwhile that it cannot be brought up to date from memory.
        if (reading.State.Adopt(view, tail))
        {
            reading.Cached.Reservation.Absorb(memory);
            reading.Recount();
        }
    }

    /// <summary>
    /// The entries from a number down to another, newest first; those that came with the first read are not read again.
    /// </summary>
    /// <exception cref="EntryGoneException">One of them is not there.</exception>
    internal async IAsyncEnumerable<Row> RowsDownAsync(
        AccountReading reading,
        long from,
        long first,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        foreach (var row in reading.NewestRows)
        {
            if (from >= first && JournalKeys.NumberOf(row.Key) == from)
            {
                yield return row;
                from--;
            }
        }

        if (from < first)
        {
            yield break;
        }

        var range = JournalKeys.DownFrom(from, first);
        await foreach (var row in storage.Journal.RowsAsync(reading.Account.Value, range, cancellation))
        {
            yield return row;
            from--;
        }

        if (from >= first)
        {
            throw new EntryGoneException($"The journal of account {reading.Account} lacks entry {from}.");
        }
    }

    private async Task<(AccountView View, TailLog Tail)> BuildViewAsync(
        AccountReading reading,
        AccountHead head,
        MemoryReservation memory,
        CancellationToken cancellation
    )
    {
        var view = head.Snapshot is { } snapshot
            ? await _snapshots.ReadAsync(snapshot, memory, cancellation)
            : head.EmptyView();
        var rows = new Stack<Row>();
        long bytes = 0;
        var version = reading.State.Position.Version;
        await foreach (var row in RowsDownAsync(reading, version, view.Version + 1, cancellation))
        {
            rows.Push(row);
            bytes += RowRules.SizeOf(row);
            await KeepUpAsync(view.Bytes + bytes);
        }

        var tail = new TailLog();
        foreach (var row in rows)
        {
            await KeepUpAsync(bytes + view.Bytes + EntryRows.Weight(row));
            view.Apply(await _entries.ReadAsync(row, cancellation));
            tail.Add(view.Version, Tail.Of(row));
            await KeepUpAsync(bytes + view.Bytes);
        }

        return (view, tail);

        async ValueTask KeepUpAsync(long needed)
        {
            if (needed > memory.Size)
            {
                await memory.GrowAsync(needed - memory.Size + LoadStep, cancellation);
            }
        }
    }
}
