namespace TimeTagger.Storage.Journal;

/// <summary>
/// The sizes of the entries after a snapshot, each by itself: another instance may take a later snapshot at any time,
/// and then only some of them still count.
/// </summary>
/// <param name="snapshot">The number of the last entry in the snapshot; 0 when there is none.</param>
internal sealed class TailLog(long snapshot)
{
    private const int EntryBytes = 32;

    private readonly Queue<(long Number, Tail Size)> _entries = [];
    private long _snapshot = snapshot;
    private Tail _sum;

    /// <summary>About how many bytes of memory it takes.</summary>
    internal long Bytes => _entries.Count * EntryBytes;

    /// <summary>Takes in the next entry.</summary>
    internal void Add(long number, Tail size)
    {
        if (number > _snapshot)
        {
            _entries.Enqueue((number, size));
            _sum += size;
        }
    }

    /// <summary>What came after that snapshot. One that is older than the last that was asked for is taken for that.</summary>
    internal Tail After(SnapshotMark? mark)
    {
        _snapshot = Math.Max(_snapshot, mark?.Number ?? 0);
        while (_entries.TryPeek(out var oldest) && oldest.Number <= _snapshot)
        {
            _sum -= _entries.Dequeue().Size;
        }

        return _sum;
    }
}
