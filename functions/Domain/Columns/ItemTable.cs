using System.Collections;
using System.Text.Unicode;

namespace TimeTagger.Domain.Columns;

/// <summary>
/// The items in force of one kind, in the order in which they were stored. A new version of an item is a new row,
/// and the old one is left out from then on; when too many are, the columns are written anew. Not thread-safe, but
/// what it gives out stays as it is.
/// </summary>
internal sealed class ItemTable(ItemKind kind)
{
    /// <summary>Rows that may be left out before it is worth writing the columns anew, besides half of those in force.</summary>
    private const int LeastReplaced = 256;

    private ColumnWriter _columns = new();
    private KeyIndex _index = new();
    private BitArray _isReplaced = new(0);

    /// <summary>The items that such a table has written.</summary>
    /// <exception cref="InvalidDataException">They are not what one can have held.</exception>
    internal ItemTable(ItemKind kind, ColumnBlock block)
        : this(kind)
    {
        _columns = new ColumnWriter(block);
        _isReplaced = new BitArray(block.Capacity);
        for (var row = 0; row < block.Capacity; row++)
        {
            if (_index.Set(block, row) >= 0 || (row > 0 && block.St[row] < block.St[row - 1]))
            {
                throw new InvalidDataException("The rows of a snapshot have a key twice or are not in order.");
            }

            Weight += WeightOf(row);
        }
    }

    /// <summary>How many items are in force.</summary>
    internal int Count => _index.Count;

    /// <summary>How many bytes of memory it takes.</summary>
    internal long Bytes => _columns.Block.Bytes + _index.Bytes + (_isReplaced.Length / 8);

    /// <summary>How many bytes the items in force count for: the same wherever and however they came to be here.</summary>
    internal long Weight { get; private set; }

    private ColumnBlock Block => _columns.Block;

    private int Rows => _columns.Count;

    /// <summary>The item of a key, or null.</summary>
    internal StoredItem? Find(string key)
    {
        Span<byte> utf8 = key.Length <= 255 ? stackalloc byte[255 * 3] : new byte[key.Length * 3];
        if (
            Utf8.FromUtf16(key, utf8, out _, out var length, replaceInvalidSequences: false)
            != System.Buffers.OperationStatus.Done
        )
        {
            return null; // Half of a surrogate pair: no item has such a key.
        }

        var row = _index.Find(utf8[..length], Block);
        return row < 0 ? null : Block[row].ToStored(kind);
    }

    /// <summary>Takes in an item. Its server time must not be below that of the last one.</summary>
    internal void Put(StoredItem item)
    {
        var row = _columns.Count;
        _columns.Append(item);
        if (_isReplaced.Length <= row)
        {
            _isReplaced.Length = Block.Capacity;
        }

        Weight += WeightOf(row);
        var previous = _index.Set(Block, row);
        if (previous >= 0)
        {
            _isReplaced[previous] = true;
            Weight -= WeightOf(previous);
        }
    }

    /// <summary>Writes the columns anew if too many rows are no longer in force.</summary>
    internal void Compact()
    {
        if (Rows - Count <= LeastReplaced + (Count / 2))
        {
            return;
        }

        var textBytes = 0;
        for (var row = 0; row < Rows; row++)
        {
            textBytes += IsInForce(row) ? Block.End[row] - Block.Start(row) : 0;
        }

        var columns = new ColumnWriter(Count, textBytes);
        var index = new KeyIndex();
        for (var row = 0; row < Rows; row++)
        {
            if (IsInForce(row))
            {
                columns.Append(Block, row);
                index.Set(columns.Block, columns.Count - 1);
            }
        }

        (_columns, _index, _isReplaced) = (columns, index, new BitArray(columns.Block.Capacity));
    }

    /// <summary>Those stored at or after an instant, in the order in which they were stored.</summary>
    /// <param name="since">Seconds since 1970; not NaN.</param>
    internal ItemSelection Since(double since) => Select(InForce(FirstSince(since)));

    /// <summary>All of them, in the order of their keys as UTF-8.</summary>
    internal ItemSelection ByKey()
    {
        var rows = InForce(0);
        Array.Sort(rows, Block.CompareKeys);
        return Select(rows);
    }

    /// <summary>All of its rows, as they are now.</summary>
    internal ItemRows ToRows() => new(kind, Block, Rows, new BitArray(_isReplaced));

    private ItemSelection Select(int[] rows) =>
        rows.Length == 0 ? ItemSelection.None : new ItemSelection(kind, Block, rows);

    private bool IsInForce(int row) => !_isReplaced[row];

    private int WeightOf(int row) => MemorySize.PerItem + Block.End[row] - Block.Start(row);

    private int FirstSince(double since)
    {
        var (low, high) = (0, Rows);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = new ServerTime(Block.St[middle]).Seconds < since ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int[] InForce(int from)
    {
        var rows = new int[Math.Min(Count, Rows - from)];
        var count = 0;
        for (var row = from; row < Rows; row++)
        {
            if (IsInForce(row))
            {
                rows[count++] = row;
            }
        }

        return count == rows.Length ? rows : rows[..count];
    }
}
