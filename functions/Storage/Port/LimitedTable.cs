namespace TimeTagger.Storage.Port;

/// <summary>Holds any table to <see cref="RowLimits"/>, so that all stores refuse the same things.</summary>
/// <remarks>
/// What only the store can see (a merge whose result would be too large) the store refuses itself, with the same
/// <see cref="ArgumentException"/>.
/// </remarks>
internal sealed class LimitedTable(ITable inner) : ITable
{
    // A page that is cut here continues at a key; any other continues where the store says.
    private const char AtKey = 'k';
    private const char AtStore = 's';

    /// <inheritdoc/>
    public async Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    )
    {
        RowRules.CheckKey(partition, nameof(partition));
        RowRules.CheckRange(range);
        RowRules.CheckTop(top);
        string? storeContinuation = null;
        switch (continuation)
        {
            case null:
                break;
            case [AtKey, .. var key]:
                range = range with { From = key };
                break;
            case [AtStore, .. var next]:
                storeContinuation = next;
                break;
            default:
                throw new ArgumentException("Not a continuation of this table.", nameof(continuation));
        }

        return Cut(await inner.QueryAsync(partition, range, top, storeContinuation, cancellation), top);
    }

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation)
    {
        RowRules.CheckKey(partition, nameof(partition));
        RowRules.CheckKey(key, nameof(key));
        return inner.GetAsync(partition, key, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> InsertAsync(Row row, CancellationToken cancellation)
    {
        RowRules.CheckRow(row);
        return inner.InsertAsync(row, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation)
    {
        RowRules.CheckRow(row);
        RowRules.CheckIfMatch(ifMatch);
        return inner.MergeAsync(row, ifMatch, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation)
    {
        RowRules.CheckKey(partition, nameof(partition));
        RowRules.CheckKey(key, nameof(key));
        RowRules.CheckIfMatch(ifMatch);
        return inner.DeleteAsync(partition, key, ifMatch, cancellation);
    }

    private static RowPage Cut(RowPage page, int top)
    {
        var bytes = 0;
        for (var index = 0; index < page.Rows.Count; index++)
        {
            bytes += RowRules.SizeOf(page.Rows[index]);
            if (index == top || (index > 0 && bytes > RowLimits.PageBytes))
                return new RowPage([.. page.Rows.Take(index)], AtKey + page.Rows[index].Key, page.Date);
        }

        return page.Continuation is null ? page : page with { Continuation = AtStore + page.Continuation };
    }
}
