using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>The entries after the latest snapshot: what a cold instance has to read and fold besides it.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Bytes">About how large their rows are.</param>
/// <param name="HasBlob">Whether one of them keeps its items in a blob.</param>
internal readonly record struct Tail(long Entries, long Bytes, bool HasBlob)
{
    private const int Share = 8;

    /// <summary>How often a writer looks whether a snapshot is due: at entries whose number is a multiple of this.</summary>
    internal const int Interval = 32;

    /// <summary>Whether it is time for another snapshot.</summary>
    internal bool IsSnapshotDue(SnapshotMark? snapshot, Thresholds thresholds) =>
        HasBlob
        || Entries > thresholds.ManyEntries
        || (Entries > thresholds.FewEntries && Bytes > (snapshot?.PackedBytes ?? 0) / Share);

    /// <summary>With one entry more.</summary>
    internal Tail With(Row row) =>
        new(Entries + 1, Bytes + RowRules.SizeOf(row), HasBlob || row.Text("Blob") is not null);
}
