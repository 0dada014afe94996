using System.Text;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Domain;

/// <summary>
/// About how many bytes of memory things take, on a 64-bit runtime. What is cached is counted with it, so that the
/// cache has a limit in bytes and not in accounts.
/// </summary>
public static class MemorySize
{
    /// <summary>What an item counts for in a view beside its texts: its row, its place in the index, room for more.</summary>
    internal const int PerItem = 64;

    // Header, method table and fields of the item and of its StoredItem, and its slot in a dictionary.
    private const int PerRecord = 56 + 40 + 48;
    private const int PerSetting = 40 + 40 + 48;
    private const int PerText = 24;
    private const int PerChange = 40;
    private const int PerEntry = 200;

    /// <summary>An item as a view holds it, in columns.</summary>
    public static long InView(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var text = item is Record record ? record.Ds : ((Setting)item).Value;
        return PerItem + Encoding.UTF8.GetByteCount(item.Key) + (text is null ? 0 : Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>An item as an object.</summary>
    private static long Of(Item item) =>
        item switch
        {
            Record record => PerRecord + Of(record.Key) + Of(record.Ds),
            Setting setting => PerSetting + Of(setting.Key) + Of(setting.Value),
            _ => throw new ArgumentException("Neither a record nor a setting.", nameof(item)),
        };

    /// <summary>An entry that is remembered beside a view.</summary>
    public static long Of(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        long bytes = PerEntry;
        foreach (var change in entry.Changes)
        {
            bytes += PerChange + Of(change.Now);
            bytes += change is { IsRestamp: false, Was: { } was } ? Of(was.Item) : 0;
            bytes += change.Lost is { } lost ? Of(lost) : 0;
        }

        return bytes;
    }

    private static long Of(string? text) => text is null ? 0 : PerText + 2L * text.Length;
}
