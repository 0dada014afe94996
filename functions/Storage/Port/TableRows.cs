using System.Runtime.CompilerServices;

namespace TimeTagger.Storage.Port;

/// <summary>Whole ranges of rows, whatever pages they come in.</summary>
internal static class TableRows
{
    /// <summary>Every row of the range, in key order; pages are asked for as they are needed.</summary>
    internal static async IAsyncEnumerable<Row> RowsAsync(
        this ITable table,
        string partition,
        RowRange range,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(partition, range, RowLimits.PageRows, continuation, cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            continuation = page.Continuation;
        } while (continuation is not null);
    }
}
