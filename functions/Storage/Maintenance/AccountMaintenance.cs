using System.Security.Cryptography;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Keeps accounts quick to load and no larger than they must be. Everything here may be done again, by several at
/// the same time, and may be killed at any moment: readers see the right state throughout (docs/storage.md).
/// </summary>
public sealed class AccountMaintenance
{
    private readonly AccountJournal _journal;
    private readonly Snapshots _snapshots;
    private readonly Trimming _trimming;
    private readonly Orphans _orphans;

    /// <summary>Maintenance of a store.</summary>
    /// <param name="storage">The store.</param>
    /// <param name="journal">Its journals.</param>
    /// <param name="options">How long entries stay.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Where the names of snapshots come from.</param>
    public AccountMaintenance(
        StorageAccount storage,
        AccountJournal journal,
        MaintenanceOptions options,
        TimeProvider clock,
        RandomNumberGenerator random
    )
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        _journal = journal;
        _snapshots = new Snapshots(storage, journal, random);
        _trimming = new Trimming(storage, options.Retention, clock);
        _orphans = new Orphans(storage, clock);
    }

    /// <summary>Takes a snapshot if one is due: what a message of the queue asks for.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer; nothing is lost by trying later.</exception>
    public async Task TakeSnapshotAsync(AccountKey account, CancellationToken cancellation)
    {
        using var reading = await _journal.ReadAsync(account, cancellation);
        if (reading is { Head.Life: AccountLife.InUse, State.IsClosed: false })
        {
            await _snapshots.TakeIfDueAsync(reading, cancellation);
        }
    }

    /// <summary>All there is to do for an account from time to time: snapshot, retention, blobs that nobody names.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer; nothing is lost by trying later.</exception>
    public async Task MaintainAsync(AccountKey account, CancellationToken cancellation)
    {
        await TakeSnapshotAsync(account, cancellation);
        using var reading = await _journal.ReadAsync(account, cancellation);
        if (reading is { Head.Life: AccountLife.InUse, State.IsClosed: false })
        {
            await _trimming.TrimAsync(reading, cancellation);
            await _orphans.DeleteAsync(reading, cancellation);
        }
    }
}
