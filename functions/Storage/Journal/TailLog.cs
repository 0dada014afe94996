namespace TimeTagger.Storage.Journal;

/// <summary>
/// The sizes of the entries after a snapshot, each by itself: another instance may take a later snapshot at any time,
/// and then only some of them still count.
/// </summary>
internal sealed class TailLog
{
    private const int EntryBytes = 32;

    private readonly Queue<(long Number, Tail Size)> _entries = [];
    private Tail _sum;

    /// <summary>About how many bytes of memory it takes.</summary>
    internal long Bytes => _entries.Count * EntryBytes;

    /// <summary>Takes in the next entry.</summary>
    internal void Add(long number, Tail size)
    {
        _entries.Enqueue((number, size));
        _sum += size;
    }

    /// <summary>What came after that snapshot, or after a later one if somebody has asked for that before.</summary>
    internal Tail After(SnapshotMark? mark)
    {
        while (_entries.TryPeek(out var oldest) && oldest.Number <= mark?.Number)
        {
            _sum -= _entries.Dequeue().Size;
        }

        return _sum;
    }
}
