namespace TimeTagger.Storage.Memory;

/// <summary>
/// One limit in bytes for all that may grow large in this process: cached views, views being loaded, and bodies of
/// requests. Who wants more than is left waits in line while idle views are dropped; after a while the answer is that
/// the instance is full, before it dies of it. Thread-safe.
/// </summary>
/// <param name="bytes">The limit.</param>
/// <param name="clock">The time.</param>
public sealed class MemoryBudget(long bytes, TimeProvider clock)
{
    /// <summary>How long who wants memory waits for it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _line = [];
    private long _used;

    /// <summary>The limit in bytes.</summary>
    public long Bytes => bytes;

    /// <summary>Bytes that are spoken for. Above <see cref="Bytes"/> only while a commit makes a view grow that is in use.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>How many wait for memory.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>Drops something that is only cached, least recently used first; false when nothing is left to drop.</summary>
    internal Func<bool> DropIdle { get; set; } = static () => false;

    /// <summary>Reserves memory, waiting for it if need be.</summary>
    /// <exception cref="MemoryFullException">There is none, and there will not be any soon.</exception>
    public async ValueTask<MemoryReservation> ReserveAsync(long size, CancellationToken cancellation)
    {
        var reservation = new MemoryReservation(this);
        await reservation.GrowAsync(size, cancellation);
        return reservation;
    }

    internal async ValueTask TakeAsync(long size, CancellationToken cancellation)
    {
        if (TryTake(size))
        {
            return;
        }

        var waiter = new Waiter(size, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _line.AddLast(waiter);
        }

        WakeWhoFits(); // Something may have been given back since.
        try
        {
            await waiter.Turn.Task.WaitAsync(Patience, clock, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!LeaveLine(waiter))
            {
                Give(size); // Its turn came at the very same moment.
            }

            throw e is TimeoutException ? new MemoryFullException(size, bytes) : e;
        }
    }

    /// <summary>Takes memory for what cannot be refused any more: it is there already.</summary>
    internal void TakeAnyway(long size)
    {
        lock (_lock)
        {
            _used += size;
        }

        while (Used > bytes && DropIdle())
        {
            // Until it fits again, or everything that is left is in use.
        }
    }

    internal void Give(long size)
    {
        lock (_lock)
        {
            _used -= size;
        }

        WakeWhoFits();
    }

    // Only when nobody waits: a stream of small wishes must not starve a large one.
    private bool TryTake(long size)
    {
        do
        {
            lock (_lock)
            {
                if (_line.Count == 0 && _used + size <= bytes)
                {
                    _used += size;
                    return true;
                }
            }
        } while (DropIdle());

        return false;
    }

    /// <summary>Serves whoever waits, as far as there is room: after memory was given back or became idle.</summary>
    internal void WakeWhoFits()
    {
        while (true)
        {
            Waiter? served = null;
            lock (_lock)
            {
                if (_line.First?.Value is not { } first)
                {
                    return;
                }

                if (_used + first.Size <= bytes)
                {
                    _used += first.Size;
                    _line.RemoveFirst();
                    served = first;
                }
            }

            if (served is not null)
            {
                served.Turn.SetResult();
            }
            else if (!DropIdle())
            {
                return;
            }
        }
    }

    private bool LeaveLine(Waiter waiter)
    {
        bool wasInLine;
        lock (_lock)
        {
            wasInLine = _line.Remove(waiter);
        }

        WakeWhoFits(); // Those behind it may be smaller.
        return wasInLine;
    }

    private sealed record Waiter(long Size, TaskCompletionSource Turn);
}
