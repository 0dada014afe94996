using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>Connections that read, each used by one call at a time; there are as many as calls at once.</summary>
internal sealed class Readers(DatabaseFile file) : IDisposable
{
    // More than this many are seldom busy at once, and each holds a cache.
    private const int MostIdle = 16;

    private readonly ConcurrentBag<Session> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read at once, on the caller's thread: it is a lookup in the page cache, not a wait.</summary>
    public Task<T> ReadAsync<T>(Func<Session, T> work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        try
        {
            return Task.FromResult(Read(work));
        }
        catch (StorageUnavailableException e)
        {
            return Task.FromException<T>(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
            session.Dispose();
    }

    private T Read<T>(Func<Session, T> work)
    {
        if (_closed)
            throw new StorageUnavailableException("The database has been closed.");
        Session? session = null;
        try
        {
            if (!_idle.TryTake(out session))
                session = file.OpenReader();
            var result = work(session);
            Return(session);
            return result;
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw SqliteErrors.Translate(e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private void Return(Session session)
    {
        if (_closed || _idle.Count >= MostIdle)
        {
            session.Dispose();
            return;
        }

        _idle.Add(session);
        if (_closed) // Closed meanwhile: whoever comes last clears up.
            Dispose();
    }
}
