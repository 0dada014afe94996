using TimeTagger.Storage.Memory;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// The accounts this process remembers. What they take is reserved in the memory budget, which drops the least
/// recently used of those that no request is using when somebody needs the room. Thread-safe.
/// </summary>
internal sealed class AccountCache
{
    private readonly MemoryBudget _budget;
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountKey, LinkedListNode<Cached>> _nodes = [];
    private readonly LinkedList<Cached> _recentFirst = [];

    internal AccountCache(MemoryBudget budget)
    {
        _budget = budget;
        budget.DropIdle = DropIdle;
    }

    /// <summary>How many accounts are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>What is remembered of the account, or null. It stays until it is let go.</summary>
    internal Cached? Find(AccountKey account)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(account, out var node))
            {
                return null;
            }

            _recentFirst.Remove(node);
            _recentFirst.AddFirst(node);
            node.Value.Users++;
            return node.Value;
        }
    }

    /// <summary>Remembers an account. Null when another request was faster.</summary>
    internal Cached? Add(AccountKey account, AccountState state)
    {
        var cached = new Cached(account, state, new MemoryReservation(_budget)) { Users = 1 };
        lock (_lock)
        {
            if (_nodes.ContainsKey(account))
            {
                return null;
            }

            _nodes[account] = _recentFirst.AddFirst(cached);
        }

        cached.Reservation.SetTo(state.Bytes);
        return cached;
    }

    /// <summary>A request has ended that was using it.</summary>
    internal void LetGo(Cached cached)
    {
        bool isIdle;
        bool isForgotten;
        lock (_lock)
        {
            isIdle = --cached.Users == 0;
            isForgotten = cached.IsForgotten;
        }

        if (isIdle && isForgotten)
        {
            cached.Reservation.Dispose();
        }
        else if (isIdle)
        {
            _budget.WakeWhoFits(); // It may be dropped now, for whoever waits for memory.
        }
    }

    /// <summary>Forgets an account, for those who come next.</summary>
    internal void Forget(Cached cached)
    {
        lock (_lock)
        {
            Remove(cached);
        }

        if (cached.Users == 0)
        {
            cached.Reservation.Dispose();
        }
    }

    private bool DropIdle()
    {
        Cached? idle = null;
        lock (_lock)
        {
            for (var node = _recentFirst.Last; node is not null && idle is null; node = node.Previous)
            {
                idle = node.Value.Users == 0 ? node.Value : null;
            }

            if (idle is null)
            {
                return false;
            }

            Remove(idle);
        }

        idle.Reservation.Dispose();
        return true;
    }

    private void Remove(Cached cached)
    {
        if (_nodes.TryGetValue(cached.Account, out var node) && node.Value == cached)
        {
            _nodes.Remove(cached.Account);
            _recentFirst.Remove(node);
        }

        cached.IsForgotten = true;
    }

    /// <summary>An account in the cache.</summary>
    internal sealed class Cached(AccountKey account, AccountState state, MemoryReservation reservation)
    {
        internal AccountKey Account => account;

        internal AccountState State => state;

        internal MemoryReservation Reservation => reservation;

        internal int Users { get; set; }

        internal bool IsForgotten { get; set; }
    }
}
