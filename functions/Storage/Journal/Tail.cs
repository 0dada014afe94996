using System.Runtime.InteropServices;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>The entries after the latest snapshot: what a cold instance has to read and fold besides it.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Bytes">About how large their rows are.</param>
/// <param name="Blobs">How many of them keep their items in a blob.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Tail(long Entries, long Bytes, long Blobs)
{
    private const int Share = 8;

    /// <summary>How often a writer looks whether a snapshot is due: at entries whose number is a multiple of this.</summary>
    internal const int Interval = 32;

    /// <summary>Whether it is time for another snapshot.</summary>
    internal bool IsSnapshotDue(SnapshotMark? snapshot, Thresholds thresholds) =>
        Blobs > 0
        || Entries > thresholds.ManyEntries
        || (Entries > thresholds.FewEntries && Bytes > (snapshot?.PackedBytes ?? 0) / Share);

    /// <summary>One entry.</summary>
    internal static Tail Of(Row row) => new(1, RowRules.SizeOf(row), row.Text("Blob") is null ? 0 : 1);

    public static Tail operator +(Tail a, Tail b) => new(a.Entries + b.Entries, a.Bytes + b.Bytes, a.Blobs + b.Blobs);

    public static Tail operator -(Tail a, Tail b) => new(a.Entries - b.Entries, a.Bytes - b.Bytes, a.Blobs - b.Blobs);
}
