namespace TimeTagger.Domain.Columns;

/// <summary>
/// Finds the row in force of a key: a hash table of row numbers, open addressing with linear probing. The keys stay
/// in the columns, which is why no ready-made dictionary will do: it would hold each of them again as an object.
/// </summary>
internal sealed class KeyIndex
{
    private const int LeastSlots = 8;

    // The row + 1; 0 is a slot that is free.
    private int[] _slots = new int[LeastSlots];

    /// <summary>How many keys there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many bytes of memory it takes.</summary>
    internal long Bytes => (long)_slots.Length * sizeof(int);

    /// <summary>The row of a key, or −1.</summary>
    internal int Find(ReadOnlySpan<byte> key, ColumnBlock block) => _slots[SlotOf(key, block)] - 1;

    /// <summary>Says where a row's key is from now on, and where it was, or −1.</summary>
    internal int Set(ColumnBlock block, int row)
    {
        var slot = SlotOf(block.Key(row), block);
        var previous = _slots[slot] - 1;
        _slots[slot] = row + 1;
        if (previous < 0)
        {
            Count++;
            GrowIfFull(block);
        }

        return previous;
    }

    private int SlotOf(ReadOnlySpan<byte> key, ColumnBlock block)
    {
        var mask = _slots.Length - 1;
        var slot = HashOf(key) & mask;
        while (_slots[slot] != 0 && !block.Key(_slots[slot] - 1).SequenceEqual(key))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    // Seeded at random per process, so that nobody can choose keys that collide.
    private static int HashOf(ReadOnlySpan<byte> key)
    {
        var hash = new HashCode();
        hash.AddBytes(key);
        return hash.ToHashCode();
    }

    private void GrowIfFull(ColumnBlock block)
    {
        if (Count * 4L <= _slots.Length * 3L)
        {
            return;
        }

        var old = _slots;
        _slots = new int[checked(old.Length * 2)];
        foreach (var taken in old)
        {
            if (taken != 0)
            {
                _slots[SlotOf(block.Key(taken - 1), block)] = taken;
            }
        }
    }
}
