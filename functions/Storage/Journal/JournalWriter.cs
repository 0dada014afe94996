using System.Security.Cryptography;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>What a commit shall hold, merged against one state of the account.</summary>
internal readonly record struct Draft<T>(EntryKind Kind, IReadOnlyList<Change> Changes, T Result)
{
    internal bool IsEmpty => Kind == EntryKind.Items && Changes.Count == 0;
}

/// <summary>How one try to append ended: done, with what it gives, or lost to another writer.</summary>
internal readonly record struct Try<T>(bool IsDone, T Result)
{
    internal static Try<T> Lost => default;

    internal static Try<T> Done(T result) => new(true, result);
}

/// <summary>
/// Appends entries. The number is taken by inserting its row; when another writer has it, or when nobody knows
/// whether the insert happened, the journal is read again: it alone says whose the number is.
/// </summary>
internal sealed class JournalWriter(
    StorageAccount storage,
    JournalReader reader,
    TimeProvider clock,
    RandomNumberGenerator random,
    Thresholds thresholds
)
{
    // A storage that fails is soon given up. A number that another writer took only means that the account got on:
    // against one that writes without a pause, eight tries in a row were seen to lose.
    private const int MaxFailures = 8;
    private const int MaxTries = 32;
    private const int JitterMilliseconds = 40;
    private const int MaxJitterMilliseconds = 280;

    private static readonly TimeSpan QueuePatience = TimeSpan.FromSeconds(2);

    private readonly EntryRows _entries = new(storage.Commits);

    /// <summary>Merges and appends; again from the start when another writer was faster.</summary>
    /// <exception cref="StorageUnavailableException">It is not known to be stored.</exception>
    /// <exception cref="AccountErasedException">The life of the account is over in which it was read.</exception>
    internal async Task<T> AppendAsync<T>(
        AccountReading reading,
        string writer,
        Func<AccountView, ServerTime, Draft<T>> merge,
        CancellationToken cancellation
    )
    {
        // An entry after the closing one would be the first of the next life, and older than it.
        reading.Head.ThrowIfEnded(reading.Head);
        await reader.LoadViewAsync(reading, cancellation);
        await reading.State.Writers.WaitAsync(cancellation);
        try
        {
            return await AppendInTurnAsync(reading, writer, merge, cancellation);
        }
        finally
        {
            reading.State.Writers.Release();
        }
    }

    private async Task<T> AppendInTurnAsync<T>(
        AccountReading reading,
        string writer,
        Func<AccountView, ServerTime, Draft<T>> merge,
        CancellationToken cancellation
    )
    {
        var commitId = NewCommitId();
        var state = reading.State;
        state.Watch(commitId);

        // A result belongs to the number it was merged for: an insert that seemed lost may turn out to have happened.
        var results = new Dictionary<long, T>();
        return await RetryAsync(reading, TryAsync, cancellation);

        async Task<Try<T>> TryAsync(ServerTime now)
        {
            var (done, entry, draft) = state.WithView(view =>
            {
                var st = ServerTime.Max(now, view.LastSt.Next);
                var own = state.SeenAt;
                var merged = own is null ? merge(view, st) : default;
                return (
                    own,
                    new Entry(view.Version + 1, merged.Kind, st, now, commitId, writer, merged.Changes ?? []),
                    merged
                );
            });
            if (done is { } number)
            {
                return Try<T>.Done(results[number]);
            }

            if (draft.IsEmpty)
            {
                return Try<T>.Done(draft.Result);
            }

            results[entry.Number] = draft.Result;
            if (await InsertAsync(reading, entry, cancellation) is not { } row)
            {
                return Try<T>.Lost;
            }

            await AskForSnapshotAsync(reading, row);
            return Try<T>.Done(draft.Result);
        }
    }

    /// <summary>
    /// Appends the entry that closes the account, unless there is one. It needs no view, so that also an account can be
    /// closed that is damaged, or larger than memory.
    /// </summary>
    /// <returns>The number and server time of the closing entry.</returns>
    /// <exception cref="StorageUnavailableException">It is not known to be stored.</exception>
    /// <exception cref="AccountErasedException">The life of the account is over in which it was read.</exception>
    internal async Task<(long Number, ServerTime St)> CloseAsync(AccountReading reading, CancellationToken cancellation)
    {
        reading.Head.ThrowIfEnded(reading.Head);
        await reading.State.Writers.WaitAsync(cancellation);
        try
        {
            return await CloseInTurnAsync(reading, cancellation);
        }
        finally
        {
            reading.State.Writers.Release();
        }
    }

    private Task<(long Number, ServerTime St)> CloseInTurnAsync(AccountReading reading, CancellationToken cancellation)
    {
        var commitId = NewCommitId();
        return RetryAsync(reading, TryAsync, cancellation);

        async Task<Try<(long Number, ServerTime St)>> TryAsync(ServerTime now)
        {
            // Ours as well, if an insert that seemed lost happened: nothing comes after it in this life.
            var last = reading.State.Position;
            if (reading.State.IsClosed)
            {
                return Try<(long, ServerTime)>.Done(last);
            }

            var st = ServerTime.Max(now, last.LastSt.Next);
            var entry = new Entry(last.Version + 1, EntryKind.Closing, st, now, commitId, "web", []);
            return await InsertAsync(reading, entry, cancellation) is null
                ? Try<(long, ServerTime)>.Lost
                : Try<(long, ServerTime)>.Done((entry.Number, st));
        }
    }

    /// <summary>Tries until one try is done; before each but the first, the journal is read again.</summary>
    /// <param name="tryAsync">One try, given the time now by the storage's clock.</param>
    /// <exception cref="StorageUnavailableException">No try was done in the tries there are.</exception>
    private async Task<T> RetryAsync<T>(
        AccountReading reading,
        Func<ServerTime, Task<Try<T>>> tryAsync,
        CancellationToken cancellation
    )
    {
        StorageUnavailableException? failure = null;
        var failures = 0;
        for (var attempt = 1; attempt <= MaxTries && failures < MaxFailures; attempt++)
        {
            try
            {
                if (attempt > 1)
                {
                    await PauseAsync(attempt, cancellation);
                    await reader.CatchUpAsync(reading, cancellation);
                }

                var outcome = await tryAsync(ServerTime.From(clock.GetUtcNow() + reading.Skew));
                if (outcome.IsDone)
                {
                    return outcome.Result;
                }
            }
            catch (StorageUnavailableException e)
            {
                failure = e;
                failures++;
            }
        }

        throw failure ?? new StorageUnavailableException("Too many others are writing to this account.");
    }

    /// <summary>Inserts the entry's row and goes on to it; null when another writer has taken its number.</summary>
    private async Task<Row?> InsertAsync(AccountReading reading, Entry entry, CancellationToken cancellation)
    {
        var row = await _entries.WriteAsync(reading.Account, entry, thresholds.RowBytes, cancellation);
        if (!await storage.Journal.InsertAsync(row, cancellation))
        {
            return null;
        }

        JournalReader.Advance(reading, entry, row);
        return row;
    }

    // The message only makes it prompt: a later commit sends it again, and a sweep finds what none of them did.
    private async Task AskForSnapshotAsync(AccountReading reading, Row row)
    {
        var tail = reading.State.TailOf(reading.Head.Snapshot);
        var isTime = reading.State.Position.Version % Tail.Interval == 0 || row.Text("Blob") is not null;
        if (isTime && tail.IsSnapshotDue(reading.Head.Snapshot, thresholds))
        {
            try
            {
                // Stored already: whoever sent it may be gone, and a queue that fails is no failure of the commit. The
                // next writer of the account waits for this.
                using var patience = new CancellationTokenSource(QueuePatience, clock);
                await storage.Maintenance.SendAsync(reading.Account.Value, TimeSpan.Zero, patience.Token);
            }
            catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
            {
                // See above.
            }
        }
    }

    private string NewCommitId()
    {
        var id = new byte[16];
        random.GetBytes(id);
        return Convert.ToHexStringLower(id);
    }

    private Task PauseAsync(int attempt, CancellationToken cancellation)
    {
        var roll = new byte[1];
        random.GetBytes(roll);
        var longest = Math.Min((attempt - 1) * JitterMilliseconds, MaxJitterMilliseconds);
        var milliseconds = longest * roll[0] / byte.MaxValue;
        return Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, cancellation);
    }
}
