using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Builds the views of accounts from their whole journals: once per account at a time, within the memory budget.</summary>
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

    /// <summary>
    /// The entries from a number down to the first, newest first; those that came with the first read are not read again.
    /// </summary>
    internal async IAsyncEnumerable<Row> RowsDownAsync(
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

        if (from < reading.Head.First)
        {
            yield break;
        }

        var range = JournalKeys.DownFrom(from, reading.Head.First);
        await foreach (var row in storage.Journal.RowsAsync(reading.Account.Value, range, cancellation))
        {
            yield return row;
            from--;
        }

        if (from >= reading.Head.First)
        {
            throw new InvalidDataException($"The journal of {reading.Account} lacks entry {from}.");
        }
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
            await KeepUpAsync(bytes + view.Bytes + EntryRows.Weight(row));
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
}
