namespace TimeTagger.Storage.Port;

/// <summary>Everything the product keeps, as one store offers it.</summary>
/// <param name="Journal">One partition per account: its head and its entries.</param>
/// <param name="System">What belongs to no account: signing keys, the list of accounts.</param>
/// <param name="Commits">Blobs <c>commits/&lt;account&gt;/…</c> of commits too large for a row.</param>
/// <param name="Snapshots">Blobs <c>snapshots/&lt;account&gt;/…</c>: views written down.</param>
/// <param name="Maintenance">Accounts that have work waiting.</param>
/// <param name="Webhooks">Accounts that have changes to deliver.</param>
public sealed record StorageAccount(
    ITable Journal,
    ITable System,
    IBlobs Commits,
    IBlobs Snapshots,
    IQueue Maintenance,
    IQueue Webhooks
)
{
    /// <summary>
    /// The same store held to <see cref="RowLimits"/>, <see cref="BlobLimits"/> and <see cref="QueueLimits"/>. Every
    /// store is handed out through this, once.
    /// </summary>
    public StorageAccount WithLimits() =>
        new(
            new LimitedTable(Journal),
            new LimitedTable(System),
            new LimitedBlobs(Commits),
            new LimitedBlobs(Snapshots),
            new LimitedQueue(Maintenance),
            new LimitedQueue(Webhooks)
        );
}
