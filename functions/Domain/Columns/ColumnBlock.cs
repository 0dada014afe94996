namespace TimeTagger.Domain.Columns;

/// <summary>
/// Items of one kind as columns over one UTF-8 buffer. A row never changes once it is there; room for more is made
/// by a new block, so whoever holds one may read its rows while others are added.
/// </summary>
internal sealed record ColumnBlock
{
    internal static readonly ColumnBlock Empty = new();

    /// <summary>Bytes of memory of a row, without its texts.</summary>
    internal const int BytesPerRow = (5 * sizeof(long)) + sizeof(int) + sizeof(ushort) + sizeof(bool);

    internal long[] Mt { get; private init; } = [];

    /// <summary>Starts of records; without a meaning for settings, as is <see cref="T2"/>.</summary>
    internal long[] T1 { get; private init; } = [];

    internal long[] T2 { get; private init; } = [];

    /// <summary>Server times in steps; they rise from row to row or stay equal.</summary>
    internal long[] St { get; private init; } = [];

    internal long[] Entry { get; private init; } = [];

    /// <summary>Where the texts of a row end in <see cref="Text"/>: first its key, then its description or value.</summary>
    internal int[] End { get; private init; } = [];

    internal ushort[] KeyLength { get; private init; } = [];

    /// <summary>Whether there is a description; an empty one is not none.</summary>
    internal bool[] HasText { get; private init; } = [];

    internal byte[] Text { get; private init; } = [];

    /// <summary>How many rows have room.</summary>
    internal int Capacity => Mt.Length;

    /// <summary>How many bytes of memory it takes.</summary>
    internal long Bytes => ((long)Capacity * BytesPerRow) + Text.Length;

    /// <summary>The row, as spans over this block.</summary>
    internal ItemRow this[int row] => new(this, row);

    internal ReadOnlySpan<byte> Key(int row) => Text.AsSpan(Start(row), KeyLength[row]);

    internal ReadOnlySpan<byte> TextOf(int row)
    {
        var start = Start(row) + KeyLength[row];
        return Text.AsSpan(start, End[row] - start);
    }

    /// <summary>Where the texts of a row begin.</summary>
    internal int Start(int row) => row == 0 ? 0 : End[row - 1];

    /// <summary>The order of two rows by key, as UTF-8.</summary>
    internal int CompareKeys(int row, int other) => Key(row).SequenceCompareTo(Key(other));

    /// <summary>The same rows, with room for so many rows and bytes of text.</summary>
    internal ColumnBlock WithRoom(int rows, int textBytes)
    {
        var wider =
            rows <= Capacity
                ? this
                : this with
                {
                    Mt = Grown(Mt, rows),
                    T1 = Grown(T1, rows),
                    T2 = Grown(T2, rows),
                    St = Grown(St, rows),
                    Entry = Grown(Entry, rows),
                    End = Grown(End, rows),
                    KeyLength = Grown(KeyLength, rows),
                    HasText = Grown(HasText, rows),
                };
        return textBytes <= wider.Text.Length ? wider : wider with { Text = Grown(wider.Text, textBytes) };
    }

    private static T[] Grown<T>(T[] column, int length)
    {
        var grown = new T[length];
        column.CopyTo(grown, 0);
        return grown;
    }
}
