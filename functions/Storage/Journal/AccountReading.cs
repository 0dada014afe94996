using TimeTagger.Domain;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// An account as one storage read found it. Belongs to one request, and is disposed with it: until then what is
/// remembered of the account stays in memory.
/// </summary>
public sealed class AccountReading : IDisposable
{
    private readonly AccountCache _cache;
    private bool _isDisposed;

    internal AccountReading(
        AccountCache cache,
        AccountCache.Cached cached,
        AccountHead head,
        string headTag,
        TimeSpan skew,
        IReadOnlyList<Row> newestRows
    )
    {
        _cache = cache;
        Cached = cached;
        Head = head;
        HeadTag = headTag;
        Skew = skew;
        NewestRows = newestRows;
    }

    /// <summary>Which account it is.</summary>
    public AccountKey Account => Cached.Account;

    /// <summary>Its head.</summary>
    public AccountHead Head { get; }

    /// <summary>
    /// The newest entry that is known by now, at least the one that the read found: its number and server time. What is
    /// read of the account later is never older. Where there is no entry: the number before the first, and when the
    /// account was made.
    /// </summary>
    public (long Number, ServerTime St) Newest => State.Position;

    /// <summary>The version of the head's row.</summary>
    internal string HeadTag { get; }

    /// <summary>How far the storage's clock was ahead of ours; zero where the two agree to 5 s.</summary>
    internal TimeSpan Skew { get; set; }

    internal AccountCache.Cached Cached { get; }

    internal AccountState State => Cached.State;

    /// <summary>On the first read of an account: the newest entries as they came with it, newest first, not unpacked.</summary>
    internal IReadOnlyList<Row> NewestRows { get; }

    /// <summary>Counts what is remembered of the account, after it changed.</summary>
    internal void Recount()
    {
        lock (Cached)
        {
            Cached.Reservation.SetTo(State.Bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _cache.LetGo(Cached);
        }
    }
}
