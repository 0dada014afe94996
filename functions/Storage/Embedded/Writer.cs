using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>
/// The one connection that writes. Writes that come while another is being committed wait and are then committed
/// together: the disk is asked once for all of them.
/// </summary>
/// <remarks>
/// One write is one unit of work that looks first and changes last, so a refused one has changed nothing and does
/// not disturb the others of its transaction. A task completes only after the commit.
/// </remarks>
internal sealed class Writer : IAsyncDisposable
{
    private const int MostTogether = 256;

    private readonly DatabaseFile _file;
    private readonly Channel<PendingWrite> _waiting = Channel.CreateUnbounded<PendingWrite>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly Task _loop;
    private Session? _session;

    /// <summary>Starts to take writes.</summary>
    public Writer(DatabaseFile file)
    {
        _file = file;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Queues a write.</summary>
    /// <param name="work">Looks, changes and answers; it may throw before it has changed anything.</param>
    /// <param name="cancellation">Takes the write back if it has not begun; one that has begun reports how it ended.</param>
    public Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        var write = new PendingWrite<T>(work);
        if (!_waiting.Writer.TryWrite(write))
            return Task.FromException<T>(new StorageUnavailableException("The database has been closed."));
        return write.WaitAsync(cancellation);
    }

    /// <summary>Completes the writes that wait and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
        _session = null;
    }

    private async Task LoopAsync()
    {
        var together = new List<PendingWrite>(MostTogether);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (together.Count < MostTogether && _waiting.Reader.TryRead(out var write))
            {
                if (write.TryBegin())
                    together.Add(write);
            }

            if (together.Count > 0)
                Commit(together);
            together.Clear();
        }
    }

    private void Commit(List<PendingWrite> writes)
    {
        try
        {
            _session ??= _file.OpenWriter();
            _file.BeginWrite(_session);
            foreach (var write in writes)
                write.Run(_session);
            _session.Execute("COMMIT");
        }
        // Whatever went wrong goes to those who wait, and the loop lives on with a new connection. Closing the old
        // one rolls back.
        catch (Exception e)
        {
            _session?.Dispose();
            _session = null;
            foreach (var write in writes)
                write.Fail(e is SqliteException error ? SqliteErrors.Translate(error) : e);
            return;
        }

        foreach (var write in writes)
            write.Complete();
    }
}
