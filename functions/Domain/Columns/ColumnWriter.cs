using System.Text;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Domain.Columns;

/// <summary>Adds rows to columns, and makes room for them.</summary>
internal sealed class ColumnWriter
{
    private const int LeastRows = 8;
    private const int LeastTextBytes = 512;

    /// <summary>Begins without a row.</summary>
    internal ColumnWriter(int rows = 0, int textBytes = 0) => Block = ColumnBlock.Empty.WithRoom(rows, textBytes);

    /// <summary>Goes on after a block that is full.</summary>
    internal ColumnWriter(ColumnBlock block) => (Block, Count) = (block, block.Capacity);

    /// <summary>The rows so far, the first <see cref="Count"/> of the block.</summary>
    internal ColumnBlock Block { get; private set; }

    internal int Count { get; private set; }

    /// <summary>Adds an item as the last row.</summary>
    internal void Append(StoredItem stored)
    {
        var (item, text) = stored.Item switch
        {
            Record record => (record, record.Ds),
            Setting setting => ((Item)setting, setting.Value),
            _ => throw new ArgumentException($"No columns for {stored.Item.GetType().Name}.", nameof(stored)),
        };
        var keyLength = Encoding.UTF8.GetByteCount(item.Key);
        var textLength = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        var start = MakeRoom(keyLength + textLength);
        Encoding.UTF8.GetBytes(item.Key, Block.Text.AsSpan(start));
        Encoding.UTF8.GetBytes(text, Block.Text.AsSpan(start + keyLength));
        Block.KeyLength[Count] = checked((ushort)keyLength);
        Block.HasText[Count] = text is not null;
        Block.End[Count] = start + keyLength + textLength;
        Block.Mt[Count] = item.Mt;
        (Block.T1[Count], Block.T2[Count]) = item is Record { T1: var t1, T2: var t2 } ? (t1, t2) : (0, 0);
        Block.St[Count] = stored.St.Steps;
        Block.Entry[Count] = stored.Entry;
        Count++;
    }

    /// <summary>Adds a row of other columns as the last row.</summary>
    internal void Append(ColumnBlock source, int row)
    {
        var texts = source.Text.AsSpan(source.Start(row)..source.End[row]);
        var start = MakeRoom(texts.Length);
        texts.CopyTo(Block.Text.AsSpan(start));
        Block.KeyLength[Count] = source.KeyLength[row];
        Block.HasText[Count] = source.HasText[row];
        Block.End[Count] = start + texts.Length;
        Block.Mt[Count] = source.Mt[row];
        (Block.T1[Count], Block.T2[Count]) = (source.T1[row], source.T2[row]);
        Block.St[Count] = source.St[row];
        Block.Entry[Count] = source.Entry[row];
        Count++;
    }

    // A quarter more each time: what is copied stays in proportion to what was added, and little lies idle.
    private int MakeRoom(int textLength)
    {
        var start = Block.Start(Count);
        var rows = Count < Block.Capacity ? Block.Capacity : Math.Max(LeastRows, Count + (Count / 4) + 1);
        var needed = checked(start + textLength);
        var textBytes =
            needed <= Block.Text.Length
                ? Block.Text.Length
                : (int)Math.Min(Array.MaxLength, Math.Max(LeastTextBytes, needed + (long)(needed / 4)));
        Block = Block.WithRoom(rows, textBytes);
        return start;
    }
}
