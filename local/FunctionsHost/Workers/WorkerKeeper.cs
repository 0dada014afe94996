using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Logs;

namespace TimeTagger.FunctionsHost.Workers;

/// <summary>
/// Starts the worker and starts it again, by the rules of the host: code 0 is the end, 200 asks for a new start, every other
/// one is a crash, and the third crash within half an hour ends the host.
/// </summary>
internal sealed class WorkerKeeper : IAsyncDisposable
{
    private const int AsksForRestart = 200;
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(30);

    private readonly WorkerStarter _starter;
    private readonly HostLog _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _retiring = [];
    private readonly CrashCount _crashes;
    private readonly Task _keeping;
    private TaskCompletionSource<Worker> _current = NewSource<Worker>();
    private TaskCompletionSource<bool> _replaced = NewSource<bool>();

    public WorkerKeeper(WorkerStarter starter, TimeProvider time, HostLog log)
    {
        (_starter, _log, _crashes) = (starter, log, new CrashCount(time));
        _keeping = KeepAsync(_stopping.Token);
    }

    /// <summary>Completes when the worker ended too often: the host has to end.</summary>
    /// <exception cref="InvalidAppException">The worker cannot be started at all.</exception>
    public Task GaveUp => _keeping;

    /// <summary>The worker, as soon as it takes calls. Fails at once where there will be none any more.</summary>
    /// <exception cref="WorkerGoneException">There is no worker.</exception>
    public Task<Worker> ReadyAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _current.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Starts another worker in place of one in which a function takes too long. The old one ends its other calls.</summary>
    public void Replace(Worker worker)
    {
        lock (_lock)
        {
            if (_current.Task is { IsCompletedSuccessfully: true } current && current.Result == worker)
            {
                _replaced.TrySetResult(true);
            }
        }
    }

    /// <summary>Ends all workers, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_retiring);
        _stopping.Dispose();
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            while (await LiveOnceAsync(stopping)) { }
        }
        catch (InvalidAppException e)
        {
            End(e.Message);
            throw;
        }
    }

    /// <summary>From the start of a worker to its end.</summary>
    /// <returns>Whether there is to be another one.</returns>
    private async Task<bool> LiveOnceAsync(CancellationToken stopping)
    {
        Worker worker;
        try
        {
            worker = await _starter.StartAsync(stopping);
        }
        catch (WorkerStartException e)
        {
            return await GoesOnAsync(e.ExitCode, e.Message, stopping);
        }

        var replaced = Publish(worker);
        try
        {
            await Task.WhenAny(worker.Exited, replaced).WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            await worker.DisposeAsync();
            throw;
        }

        Withdraw();
        if (!worker.Exited.IsCompleted)
        {
            _log.Write("The worker is replaced.");
            _retiring.Add(RetireAsync(worker));
            return true;
        }

        await worker.DisposeAsync();
        return await GoesOnAsync(await worker.Exited, "The worker ended", stopping);
    }

    private async Task<bool> GoesOnAsync(int? code, string what, CancellationToken stopping)
    {
        if (code is 0)
        {
            // Hosts before 2026 take this for the end of the app, and go on without a worker.
            _log.Write("The worker ended with exit code 0 and is not started again.");
            End("The worker ended with exit code 0.");
            await Task.Delay(Timeout.Infinite, stopping);
        }

        if (code is AsksForRestart)
        {
            _log.Write("The worker asked for a new start.");
            return true;
        }

        _log.Write(code is null ? what : $"{what} (exit code {code})");
        if (!_crashes.AddIsLast())
        {
            return true;
        }

        _log.Write("The worker ended too often within half an hour; the host stops.");
        End("The worker ended too often.");
        return false;
    }

    private Task<bool> Publish(Worker worker)
    {
        _log.Write("The worker is ready.");
        lock (_lock)
        {
            _replaced = NewSource<bool>();
            _current.TrySetResult(worker);
            return _replaced.Task;
        }
    }

    private void Withdraw()
    {
        lock (_lock)
        {
            _current = NewSource<Worker>();
        }
    }

    private static async Task RetireAsync(Worker worker)
    {
        await worker.DrainAsync(DrainPatience);
        await worker.DisposeAsync();
    }

    private void End(string reason)
    {
        lock (_lock)
        {
            _current.TrySetException(new WorkerGoneException(reason));
            _ = _current.Task.Exception; // Perhaps nobody calls any more.
        }
    }

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
