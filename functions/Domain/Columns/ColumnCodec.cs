namespace TimeTagger.Domain.Columns;

/// <summary>
/// Items of one kind as bytes, column after column, each number as the difference from the row before: what is alike
/// stands side by side, which is what compression wants. The numbers are 7-bit encoded as <see cref="BinaryWriter"/>
/// does it. The form is part of the snapshot format, docs/storage.md.
/// </summary>
internal static class ColumnCodec
{
    internal static void Write(BinaryWriter writer, ItemSelection items)
    {
        var rows = items.Rows;
        var block = items.Block;
        writer.Write7BitEncodedInt(rows.Length);
        WriteDifferences(writer, block.St, rows);
        WriteDifferences(writer, block.Entry, rows);
        WriteDifferences(writer, block.Mt, rows);
        WriteDifferences(writer, block.T1, rows);
        foreach (var row in rows)
        {
            writer.Write7BitEncodedInt64(ZigZag(unchecked(block.T2[row] - block.T1[row])));
        }

        foreach (var row in rows)
        {
            writer.Write7BitEncodedInt(block.KeyLength[row]);
        }

        foreach (var row in rows)
        {
            writer.Write7BitEncodedInt(block.HasText[row] ? block.TextOf(row).Length + 1 : 0);
        }

        foreach (var row in rows)
        {
            writer.Write(block.Key(row));
        }

        foreach (var row in rows)
        {
            writer.Write(block.TextOf(row));
        }
    }

    private static void WriteDifferences(BinaryWriter writer, long[] column, ReadOnlySpan<int> rows)
    {
        var before = 0L;
        foreach (var row in rows)
        {
            writer.Write7BitEncodedInt64(ZigZag(unchecked(column[row] - before)));
            before = column[row];
        }
    }

    /// <summary>The items, in a block that has room for just them.</summary>
    /// <param name="reader">Where they come from.</param>
    /// <param name="most">How many bytes of memory they may take: damaged lengths must not ask for all there is.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    /// <exception cref="EndOfStreamException">There are not as many as they say.</exception>
    internal static ColumnBlock Read(BinaryReader reader, long most)
    {
        var rows = Checked(reader.Read7BitEncodedInt(), most / ColumnBlock.BytesPerRow);
        var block = ColumnBlock.Empty.WithRoom(rows, 0);
        ReadDifferences(block.St);
        ReadDifferences(block.Entry);
        ReadDifferences(block.Mt);
        ReadDifferences(block.T1);
        for (var row = 0; row < rows; row++)
        {
            block.T2[row] = unchecked(block.T1[row] + Unzag(reader.Read7BitEncodedInt64()));
        }

        for (var row = 0; row < rows; row++)
        {
            block.KeyLength[row] = (ushort)Checked(reader.Read7BitEncodedInt(), ushort.MaxValue);
        }

        var end = 0L;
        for (var row = 0; row < rows; row++)
        {
            var length = Checked(reader.Read7BitEncodedInt(), most);
            block.HasText[row] = length > 0;
            end += block.KeyLength[row] + Math.Max(0, length - 1);
            block.End[row] = Checked(end, Math.Min(most, Array.MaxLength));
        }

        block = block.WithRoom(rows, (int)end);
        ReadTexts(reader, block, rows);
        return block;

        void ReadDifferences(long[] column)
        {
            var before = 0L;
            foreach (ref var value in column.AsSpan())
            {
                value = before = unchecked(before + Unzag(reader.Read7BitEncodedInt64()));
            }
        }
    }

    private static void ReadTexts(BinaryReader reader, ColumnBlock block, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            reader.ReadExactly(block.Text.AsSpan(block.Start(row), block.KeyLength[row]));
        }

        for (var row = 0; row < rows; row++)
        {
            reader.ReadExactly(block.Text.AsSpan((block.Start(row) + block.KeyLength[row])..block.End[row]));
        }
    }

    private static int Checked(long value, long most) =>
        value >= 0 && value <= most
            ? (int)value
            : throw new InvalidDataException($"The columns of a snapshot name a length of {value}.");

    private static long ZigZag(long value) => (value << 1) ^ (value >> 63);

    private static long Unzag(long value) => (long)((ulong)value >> 1) ^ -(value & 1);
}
