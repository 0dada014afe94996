namespace TimeTagger.Storage.Journal;

/// <summary>
/// The accounts this process remembers, up to a number of items in all; beyond it the least recently used go.
/// Thread-safe.
/// </summary>
internal sealed class AccountCache(long maxWeight)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountKey, LinkedListNode<(AccountKey Key, AccountState State)>> _nodes = [];
    private readonly LinkedList<(AccountKey Key, AccountState State)> _recentFirst = [];

    /// <summary>What is remembered of the account, or null.</summary>
    internal AccountState? Find(AccountKey account)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(account, out var node))
            {
                return null;
            }

            _recentFirst.Remove(node);
            _recentFirst.AddFirst(node);
            return node.Value.State;
        }
    }

    /// <summary>Remembers an account, unless another request was faster: then that one's is the answer.</summary>
    internal AccountState Add(AccountKey account, AccountState state)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(account, out var existing))
            {
                return existing.Value.State;
            }

            _nodes[account] = _recentFirst.AddFirst((account, state));
            return state;
        }
    }

    /// <summary>Forgets an account.</summary>
    internal void Forget(AccountKey account)
    {
        lock (_lock)
        {
            if (_nodes.Remove(account, out var node))
            {
                _recentFirst.Remove(node);
            }
        }
    }

    /// <summary>Forgets the least recently used until the rest fits. The most recent always stays.</summary>
    internal void Trim()
    {
        lock (_lock)
        {
            var weight = _recentFirst.Sum(entry => (long)entry.State.Weight);
            while (weight > maxWeight && _recentFirst.Count > 1)
            {
                var oldest = _recentFirst.Last!.Value;
                weight -= oldest.State.Weight;
                _nodes.Remove(oldest.Key);
                _recentFirst.RemoveLast();
            }
        }
    }
}
