using Microsoft.Data.Sqlite;

namespace TimeTagger.Storage.Embedded;

/// <summary>A write on its way: queued, then either taken back or begun, and at last answered.</summary>
internal abstract class PendingWrite
{
    private int _settled;

    /// <summary>Whether the caller is the first to settle that the write begins or is taken back.</summary>
    protected bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;

    /// <summary>Begins the write; false when it was taken back before.</summary>
    public bool TryBegin() => TrySettle();

    /// <summary>Does the work inside the transaction and keeps the answer. Only SQLite's own errors get out.</summary>
    public abstract void Run(Session session);

    /// <summary>Gives the answer: the transaction is committed.</summary>
    public abstract void Complete();

    /// <summary>Gives an error: the transaction failed.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<Session, T> work) : PendingWrite
{
    // The writer's loop must not run its callers' code.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refusal;

    /// <summary>Waits for the answer, or for the write to be taken back.</summary>
    public async Task<T> WaitAsync(CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(
            (_, token) =>
            {
                if (TrySettle())
                    _answer.SetCanceled(token);
            },
            state: null
        );
        return await _answer.Task;
    }

    /// <inheritdoc/>
    public override void Run(Session session)
    {
        try
        {
            _result = work(session);
        }
        catch (Exception e) when (e is not SqliteException)
        {
            _refusal = e;
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_refusal is null)
            _answer.SetResult(_result!);
        else
            _answer.SetException(_refusal);
    }

    /// <inheritdoc/>
    public override void Fail(Exception error) => _answer.SetException(error);
}
