using System.Security.Cryptography;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Keeps accounts quick to load and no larger than they must be. Everything here may be done again, by several at
/// the same time, and may be killed at any moment: readers see the right state throughout (docs/storage.md).
/// </summary>
/// <remarks>What is to be done is found out without loading the account: most have nothing to do.</remarks>
public sealed class AccountMaintenance
{
    private readonly IBlobs _commits;
    private readonly AccountJournal _journal;
    private readonly Snapshots _snapshots;
    private readonly Trimming _trimming;
    private readonly Orphans _orphans;

    /// <summary>Maintenance of a store.</summary>
    /// <param name="storage">The store.</param>
    /// <param name="journal">Its journals.</param>
    /// <param name="options">How long entries stay.</param>
    /// <param name="random">Where the names of snapshots come from.</param>
    public AccountMaintenance(
        StorageAccount storage,
        AccountJournal journal,
        MaintenanceOptions options,
        RandomNumberGenerator random
    )
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        _commits = storage.Commits;
        _journal = journal;
        _snapshots = new Snapshots(storage, journal, random);
        _trimming = new Trimming(storage, options.Retention);
        _orphans = new Orphans(storage);
    }

    /// <summary>Takes a snapshot if one is due: what a message of the queue asks for.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer; nothing is lost by trying later.</exception>
    public async Task TakeSnapshotAsync(AccountKey account, CancellationToken cancellation)
    {
        if (
            await GlanceAsync(account, cancellation) is { } found
            && await _snapshots.IsDueAsync(found, await CommitsAsync(account, cancellation), cancellation)
        )
        {
            await _snapshots.TakeAsync(found, cancellation);
        }
    }

    /// <summary>All there is to do for an account from time to time: snapshot, retention, blobs that nobody names.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer; nothing is lost by trying later.</exception>
    public async Task MaintainAsync(AccountKey account, CancellationToken cancellation)
    {
        if (await GlanceAsync(account, cancellation) is not { } found)
        {
            return;
        }

        var commits = await CommitsAsync(account, cancellation);
        if (
            await _snapshots.IsDueAsync(found, commits, cancellation)
            || await _trimming.NeedsSnapshotAsync(found, cancellation)
        )
        {
            await _snapshots.TakeAsync(found, cancellation);
            found = await GlanceAsync(account, cancellation);
        }

        if (found is not null)
        {
            await _trimming.TrimAsync(found, cancellation);
            await _orphans.DeleteAsync(found, commits, cancellation);
        }
    }

    private async Task<AccountGlance?> GlanceAsync(AccountKey account, CancellationToken cancellation) =>
        await _journal.GlanceAsync(account, cancellation) is { IsInUse: true } found ? found : null;

    private ValueTask<List<BlobEntry>> CommitsAsync(AccountKey account, CancellationToken cancellation) =>
        _commits.ListAsync(EntryRows.BlobPrefix(account), cancellation).ToListAsync(cancellation);
}
