using System.Diagnostics.CodeAnalysis;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// What this process remembers of an account: how far its journal reached, the newest entries, and the whole
/// view once something needed it. All of it can be thrown away. Thread-safe.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "Requests may still hold a state that the cache forgot; its semaphores own no wait handle."
)]
internal sealed class AccountState
{
    // Enough that a client which polls every few seconds never makes us walk the whole view.
    private const int RecentEntries = 256;
    private const int RecentBytes = 256 * 1024;
    private const int OwnBytes = 600;

    private readonly Lock _lock = new();
    private readonly LinkedList<(Entry Entry, long Bytes, Tail Size)> _newestFirst = [];
    private long _recentBytes;
    private string? _watched;
    private long? _seenAt;
    private AccountView? _view;
    private long _version;
    private ServerTime _lastSt;
    private TailLog _tail = new();

    /// <summary>Begins at an entry, without knowing yet what led to it.</summary>
    /// <param name="head">The account's head.</param>
    /// <param name="version">The number of the last entry; <c>head.First − 1</c> when there is none.</param>
    /// <param name="lastSt">Its server time; when there is none, the account's creation.</param>
    /// <param name="isClosed">Whether that entry closed the account.</param>
    internal AccountState(AccountHead head, long version, ServerTime lastSt, bool isClosed = false)
    {
        (Created, IsClosed) = (head.Created, isClosed);
        (_version, _lastSt) = (version, lastSt);
        _view = version < head.First ? head.EmptyView() : null;
    }

    /// <summary>When the life of the account began that this is about.</summary>
    internal ServerTime Created { get; }

    /// <summary>Whether its last entry closed the account.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Writers of one account queue here: within a process they would only collide.</summary>
    internal SemaphoreSlim Writers { get; } = new(1, 1);

    /// <summary>One load of the view at a time.</summary>
    internal SemaphoreSlim Loaders { get; } = new(1, 1);

    /// <summary>The number of the last entry known, and its server time.</summary>
    internal (long Version, ServerTime LastSt) Position
    {
        get
        {
            lock (_lock)
            {
                return (_version, _lastSt);
            }
        }
    }

    /// <summary>The number of the oldest entry remembered without a gap up to <see cref="Position"/>; version + 1 when none is.</summary>
    internal long OldestRecent
    {
        get
        {
            lock (_lock)
            {
                return _version + 1 - _newestFirst.Count;
            }
        }
    }

    /// <summary>Whether the view is there.</summary>
    internal bool HasView
    {
        get
        {
            lock (_lock)
            {
                return _view is not null;
            }
        }
    }

    /// <summary>About how many bytes of memory it takes.</summary>
    internal long Bytes
    {
        get
        {
            lock (_lock)
            {
                return OwnBytes + _recentBytes + _tail.Bytes + (_view?.Bytes ?? 0);
            }
        }
    }

    /// <summary>What came after the latest snapshot. It is known once the view is there.</summary>
    internal Tail TailOf(SnapshotMark? snapshot)
    {
        lock (_lock)
        {
            return _tail.After(snapshot);
        }
    }

    /// <summary>Takes in the next entry; one that is already known is passed over.</summary>
    /// <exception cref="EntryGoneException">One between the last that is known and this one is missing.</exception>
    internal void Advance(Entry entry, Row row)
    {
        lock (_lock)
        {
            if (entry.Number <= _version)
            {
                return;
            }

            if (entry.Number != _version + 1)
            {
                throw new EntryGoneException($"The journal has a gap between {_version} and {entry.Number}.");
            }

            var size = Tail.Of(row);
            if (_view is not null)
            {
                _view.Apply(entry);
                _tail.Add(entry.Number, size);
            }

            _newestFirst.AddFirst(Sized(entry, size));
            (_version, _lastSt) = (entry.Number, entry.St);
            IsClosed = entry.Kind == EntryKind.Closing;
            _seenAt ??= entry.CommitId == _watched ? entry.Number : null;
            TrimRecent();
        }
    }

    /// <summary>Remembers entries before the ones that are remembered, newest first, if they follow without a gap.</summary>
    internal void Remember(IEnumerable<Entry> newestFirst)
    {
        lock (_lock)
        {
            foreach (var entry in newestFirst)
            {
                if (entry.Number == _version - _newestFirst.Count)
                {
                    _newestFirst.AddLast(Sized(entry, default));
                }
            }

            TrimRecent();
        }
    }

    /// <summary>Takes a view that was built beside it, and brings it up to date. False when it is too old for that.</summary>
    /// <param name="view">The view.</param>
    /// <param name="tail">The entries in it that came after the snapshot that it began with.</param>
    internal bool Adopt(AccountView view, TailLog tail)
    {
        lock (_lock)
        {
            if (view.Version > _version)
            {
                // The snapshot is newer than what was read before: what lies between is not known entry by entry.
                _newestFirst.Clear();
                _recentBytes = 0;
                (_version, _lastSt) = (view.Version, view.LastSt);
            }

            if (view.Version < _version - _newestFirst.Count)
            {
                return false;
            }

            foreach (var (entry, _, size) in _newestFirst.Reverse().Where(recent => recent.Entry.Number > view.Version))
            {
                view.Apply(entry);
                tail.Add(entry.Number, size);
            }

            (_view, _tail) = (view, tail);
            return true;
        }
    }

    /// <summary>The answer to a poll from what is remembered, or null when older entries are needed.</summary>
    internal Updates? Updates(double since)
    {
        lock (_lock)
        {
            return Domain.Journal.Updates.FromNewest(_newestFirst.Select(recent => recent.Entry), since, _lastSt)
                ?? (_view is null ? null : Domain.Journal.Updates.From(_view, since));
        }
    }

    /// <summary>Looks out for the entry of a commit from now on. Writers take turns, so there is one at a time.</summary>
    internal void Watch(string commitId)
    {
        lock (_lock)
        {
            (_watched, _seenAt) = (commitId, null);
        }
    }

    /// <summary>The number of the watched commit's entry, or null when it has not been seen.</summary>
    internal long? SeenAt
    {
        get
        {
            lock (_lock)
            {
                return _seenAt;
            }
        }
    }

    /// <summary>Something of the view, while nothing changes it. The view must be there.</summary>
    internal T WithView<T>(Func<AccountView, T> use)
    {
        lock (_lock)
        {
            return use(_view ?? throw new InvalidOperationException("The view has not been loaded."));
        }
    }

    private (Entry Entry, long Bytes, Tail Size) Sized(Entry entry, Tail size)
    {
        var bytes = MemorySize.Of(entry);
        _recentBytes += bytes;
        return (entry, bytes, size);
    }

    private void TrimRecent()
    {
        while (_newestFirst.Count > RecentEntries || _recentBytes > RecentBytes)
        {
            _recentBytes -= _newestFirst.Last!.Value.Bytes;
            _newestFirst.RemoveLast();
        }
    }
}
