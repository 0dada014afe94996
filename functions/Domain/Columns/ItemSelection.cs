namespace TimeTagger.Domain.Columns;

/// <summary>Some items of a view in an order, as they were when it was made: it stays the same while the view goes on.</summary>
public sealed class ItemSelection
{
    /// <summary>No items.</summary>
    public static readonly ItemSelection None = new(ItemKind.Record, ColumnBlock.Empty, []);

    private readonly ItemKind _kind;
    private readonly ColumnBlock _block;
    private readonly int[] _rows;

    internal ItemSelection(ItemKind kind, ColumnBlock block, int[] rows) =>
        (_kind, _block, _rows) = (kind, block, rows);

    /// <summary>How many items there are.</summary>
    public int Count => _rows.Length;

    internal ColumnBlock Block => _block;

    internal ReadOnlySpan<int> Rows => _rows;

    /// <summary>An item, as spans over the memory of the view.</summary>
    /// <param name="index">Its place in the order, from 0.</param>
    public ItemRow this[int index] => _block[_rows[index]];

    /// <summary>Items that are not in a view.</summary>
    /// <param name="kind">Their kind.</param>
    /// <param name="items">The items, in the order to keep.</param>
    public static ItemSelection Of(ItemKind kind, IReadOnlyCollection<StoredItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0)
        {
            return None;
        }

        var writer = new ColumnWriter(items.Count);
        foreach (var item in items)
        {
            writer.Append(item);
        }

        return new ItemSelection(kind, writer.Block, [.. Enumerable.Range(0, items.Count)]);
    }

    /// <summary>Objects of all of them.</summary>
    public IReadOnlyList<StoredItem> ToList()
    {
        var items = new List<StoredItem>(Count);
        foreach (var row in _rows)
        {
            items.Add(_block[row].ToStored(_kind));
        }

        return items;
    }
}
