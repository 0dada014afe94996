using System.Text;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Domain.Columns;

/// <summary>An item as a view holds it, without any object made of it.</summary>
public readonly ref struct ItemRow
{
    private readonly ColumnBlock _block;
    private readonly int _row;

    internal ItemRow(ColumnBlock block, int row) => (_block, _row) = (block, row);

    /// <summary>The key, UTF-8.</summary>
    public ReadOnlySpan<byte> Key => _block.Key(_row);

    /// <summary>When the client modified it: seconds since 1970.</summary>
    public long Mt => _block.Mt[_row];

    /// <summary>The start of a record: seconds since 1970.</summary>
    public long T1 => _block.T1[_row];

    /// <summary>The end of a record: seconds since 1970.</summary>
    public long T2 => _block.T2[_row];

    /// <summary>Whether a record has a description; an empty one is not none.</summary>
    public bool HasText => _block.HasText[_row];

    /// <summary>The description of a record, or the value of a setting as JSON; UTF-8.</summary>
    public ReadOnlySpan<byte> Text => _block.TextOf(_row);

    /// <summary>When the server stored it.</summary>
    public ServerTime St => new(_block.St[_row]);

    internal StoredItem ToStored(ItemKind kind)
    {
        var key = Encoding.UTF8.GetString(Key);
        var text = HasText ? Encoding.UTF8.GetString(Text) : null;
        Item item = kind == ItemKind.Record ? new Record(key, Mt, T1, T2, text) : new Setting(key, Mt, text!);
        return new StoredItem(item, St, _block.Entry[_row]);
    }
}
