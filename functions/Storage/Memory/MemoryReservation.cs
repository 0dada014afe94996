namespace TimeTagger.Storage.Memory;

/// <summary>Memory that somebody has reserved; given back when disposed. Thread-safe.</summary>
public sealed class MemoryReservation : IDisposable
{
    private readonly MemoryBudget _budget;
    private long _size;

    internal MemoryReservation(MemoryBudget budget) => _budget = budget;

    /// <summary>Bytes reserved.</summary>
    internal long Size => Interlocked.Read(ref _size);

    /// <summary>Reserves more, waiting for it if need be.</summary>
    /// <exception cref="MemoryFullException">There is none; what was reserved before stays.</exception>
    public async ValueTask GrowAsync(long by, CancellationToken cancellation)
    {
        if (by == 0)
        {
            return; // Asks for nothing, so it need not stand in line.
        }

        if (Size + by > _budget.Bytes)
        {
            throw new MemoryFullException(Size + by, _budget.Bytes);
        }

        await _budget.TakeAsync(by, cancellation);
        Interlocked.Add(ref _size, by);
    }

    /// <summary>Takes over what another has reserved.</summary>
    internal void Absorb(MemoryReservation other) =>
        Interlocked.Add(ref _size, Interlocked.Exchange(ref other._size, 0));

    /// <summary>Makes it as large as what it stands for has turned out to be.</summary>
    public void SetTo(long size)
    {
        var difference = size - Interlocked.Exchange(ref _size, size);
        if (difference > 0)
        {
            _budget.TakeAnyway(difference);
        }
        else if (difference < 0)
        {
            _budget.Give(-difference);
        }
    }

    /// <summary>Gives it all back. Doing it again does nothing.</summary>
    public void Dispose() => SetTo(0);
}
