using TimeTagger.Domain.Columns;

namespace TimeTagger.Domain.Records;

/// <summary>Which records a caller asks for; every condition given has to hold.</summary>
/// <param name="From">First number of the time range, seconds since 1970.</param>
/// <param name="To">Second number of the time range; below <paramref name="From"/> it asks for what covers both.</param>
/// <param name="Running">Only running (true) or only ended records (false); null for both.</param>
/// <param name="Hidden">Only hidden (true) or only visible records (false); null for both.</param>
/// <param name="Tags">The tags that the description has to hold.</param>
public sealed record RecordQuery(long From, long To, bool? Running, bool? Hidden, TagFilter Tags)
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>
    /// The rows that are asked for, ordered by start, then key. Touching the range is enough, at both ends, and a
    /// running record lasts for ever.
    /// </summary>
    /// <param name="records">All of an account.</param>
    /// <param name="cancellation">Ends it.</param>
    public ItemSelection Over(ItemRows records, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(records);
        var rows = new List<int>();
        var t1 = records.Block.T1.AsSpan(0, records.Count);
        var t2 = records.Block.T2.AsSpan(0, records.Count);
        for (var row = 0; row < t1.Length; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (t1[row] <= To && (t2[row] >= From || t1[row] == t2[row]) && IsAskedFor(records, row))
            {
                rows.Add(row);
            }
        }

        return records.Select(InOrder([.. rows], records.Block));
    }

    private bool IsAskedFor(ItemRows records, int row)
    {
        if (!records.IsInForce(row))
        {
            return false;
        }

        var record = records.Block[row];
        return (Running is null || Running == (record.T1 == record.T2))
            && (Hidden is null || Hidden == record.Text.StartsWith(Record.HiddenPrefixUtf8))
            && Tags.Matches(record.Text);
    }

    // Most often they were stored in this order, and nothing is left to do.
    private static int[] InOrder(int[] rows, ColumnBlock block)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (Compare(rows[i - 1], rows[i]) > 0)
            {
                Array.Sort(rows, Compare);
                break;
            }
        }

        return rows;

        int Compare(int row, int other) =>
            block.T1[row].CompareTo(block.T1[other]) is var order and not 0 ? order : block.CompareKeys(row, other);
    }
}
