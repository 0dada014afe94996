using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.FunctionsHost.Workers;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>Calls functions, says so in the log, and does not wait for ever.</summary>
internal sealed class Invoker(WorkerKeeper keeper, HostFile host, TimeProvider time, FunctionLogs logs)
{
    // How long a function may take to notice that its time is over, before its worker is replaced.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Calls a function once, as soon as there is a worker.</summary>
    /// <param name="invocation">Which, and with what.</param>
    /// <param name="meanwhile">Begins what goes beside the call; is given the worker and the end of the call.</param>
    /// <param name="cancellation">Asks the function to give up; the call still lasts until it does.</param>
    public async Task<Outcome> InvokeAsync(
        Invocation invocation,
        Action<Worker, Task>? meanwhile,
        CancellationToken cancellation
    )
    {
        var (function, id, started) = (invocation.Function.Name, invocation.Id, time.GetTimestamp());
        logs.Executing(function, id, invocation.Reason);
        using var limit = new CancellationTokenSource(host.FunctionTimeout, time);
        try
        {
            await CallAsync(invocation, meanwhile, limit.Token, cancellation);
            logs.Succeeded(function, id, time.GetElapsedTime(started));
            return Outcome.Succeeded;
        }
        catch (Exception e) when (e is InvocationException or WorkerGoneException)
        {
            logs.Failed(function, id, time.GetElapsedTime(started), e.Message);
            return Outcome.Failed;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            var why = $"Timeout value of {host.FunctionTimeout} exceeded";
            logs.Failed(function, id, time.GetElapsedTime(started), why);
            return Outcome.TimedOut;
        }
        catch (OperationCanceledException)
        {
            logs.Failed(function, id, time.GetElapsedTime(started), "it was cancelled before there was a worker");
            return Outcome.Failed;
        }
    }

    private async Task CallAsync(
        Invocation invocation,
        Action<Worker, Task>? meanwhile,
        CancellationToken limit,
        CancellationToken cancellation
    )
    {
        var worker = await ReadyAsync(limit, cancellation);
        if (host.PassesTracesOn && invocation.Request.TraceContext.TraceParent.Length == 0)
        {
            invocation.Trace(parent: null, state: null);
        }

        var call = worker.CallAsync(
            invocation.Function.Name,
            invocation.Request,
            end => meanwhile?.Invoke(worker, end)
        );
        await using var cancel = cancellation.Register(() => worker.Cancel(invocation.Id));
        try
        {
            await call.WaitAsync(limit);
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            worker.Cancel(invocation.Id);
            _ = ReplaceLaterAsync(worker, call);
            throw;
        }
    }

    private async Task<Worker> ReadyAsync(CancellationToken limit, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit, cancellation);
        return await keeper.ReadyAsync(either.Token);
    }

    private async Task ReplaceLaterAsync(Worker worker, Task call)
    {
        await Task.WhenAny(call, Task.Delay(Grace, time));
        if (!call.IsCompleted)
        {
            keeper.Replace(worker);
        }

        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
