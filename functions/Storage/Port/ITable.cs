namespace TimeTagger.Storage.Port;

/// <summary>
/// A table of rows, each addressed by its partition and its row key, as Azure Table Storage has it.
/// Every call is atomic for one row and nothing spans rows.
/// </summary>
/// <remarks>
/// Any call may throw <see cref="StorageUnavailableException"/>; a write that threw may still have happened.
/// A row or a key that no store could hold throws <see cref="ArgumentException"/> (see <see cref="RowLimits"/>).
/// </remarks>
public interface ITable
{
    /// <summary>
    /// One page of the rows of <paramref name="partition"/> whose key lies in <paramref name="range"/>, in
    /// ordinal key order. A row that stays is shown once; one that comes or goes between two pages may be missed.
    /// </summary>
    /// <param name="partition">The partition to read.</param>
    /// <param name="range">The keys to read, both ends inclusive; an empty <see cref="RowRange.From"/> is the
    /// beginning of the partition.</param>
    /// <param name="top">The most rows wanted, 1 to 1,000. A page may hold fewer, even none, and still have a
    /// continuation: only a page without continuation says that the range has ended.</param>
    /// <param name="continuation">The previous page's continuation, with the same partition and range; null for the
    /// first page.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    );

    /// <summary>The row at these keys, or null.</summary>
    Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation);

    /// <summary>Adds a row. False when the keys are taken (409), and nothing has changed.</summary>
    Task<bool> InsertAsync(Row row, CancellationToken cancellation);

    /// <summary>
    /// Sets the properties given and leaves the others as they are. False when the row is gone, or when
    /// <paramref name="ifMatch"/> is given and is not the row's present tag (412).
    /// Throws <see cref="ArgumentException"/>, changing nothing, when the merged row would be beyond the limits.
    /// </summary>
    Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation);

    /// <summary>Removes a row. False when there was none, or when <paramref name="ifMatch"/> did not match.</summary>
    Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation);
}

/// <summary>Row keys from <paramref name="From"/> to <paramref name="To"/>, both inclusive, in ordinal order.</summary>
public readonly record struct RowRange(string From, string To);

/// <summary>A page of rows.</summary>
/// <param name="Rows">The rows, in ordinal key order.</param>
/// <param name="Continuation">Where the next page begins; null when the range has ended.</param>
/// <param name="Date">The storage's own clock when it answered (the <c>Date</c> header in Azure), UTC.</param>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? Continuation, DateTimeOffset Date);
