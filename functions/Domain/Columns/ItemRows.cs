using System.Collections;

namespace TimeTagger.Domain.Columns;

/// <summary>All rows of one kind as they are at one moment, to be gone through while the view goes on.</summary>
public sealed class ItemRows
{
    private readonly ItemKind _kind;
    private readonly BitArray _isReplaced;

    internal ItemRows(ItemKind kind, ColumnBlock block, int count, BitArray isReplaced) =>
        (_kind, Block, Count, _isReplaced) = (kind, block, count, isReplaced);

    internal ColumnBlock Block { get; }

    /// <summary>How many rows there are, with those not in force.</summary>
    internal int Count { get; }

    /// <summary>Whether the row is the version of its item that is in force.</summary>
    internal bool IsInForce(int row) => !_isReplaced[row];

    /// <summary>A selection of rows.</summary>
    internal ItemSelection Select(int[] rows) =>
        rows.Length == 0 ? ItemSelection.None : new ItemSelection(_kind, Block, rows);
}
