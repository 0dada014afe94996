using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Webhooks;

/// <summary>Who wants to hear of an account's changes: rows <c>hook.&lt;id&gt;</c> in the account's partition.</summary>
public sealed class Subscriptions(StorageAccount storage)
{
    // This release makes none and delivers to none: what there is, a newer one has made.
    private const long KnownFormat = 0;

    private static readonly RowRange Rows = new("hook.", "hook.~");

    /// <summary>Looks for subscriptions of an account and finds none.</summary>
    /// <exception cref="NewerFormatException">There are some, which this release cannot deliver to.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task ExpectNoneAsync(AccountKey account, CancellationToken cancellation)
    {
        await foreach (var row in storage.Journal.RowsAsync(account.Value, Rows, cancellation))
        {
            NewerFormatException.ThrowIfAbove(row.Integer("Format") ?? 1, KnownFormat);
        }
    }
}
