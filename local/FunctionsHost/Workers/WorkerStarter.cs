using System.ComponentModel;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.FunctionsHost.Rpc;

namespace TimeTagger.FunctionsHost.Workers;

/// <summary>Brings a worker so far that it takes calls.</summary>
/// <param name="package">What to start.</param>
/// <param name="rpc">Where it has to call.</param>
/// <param name="ownAddress">Where this host listens.</param>
/// <param name="time">The clock.</param>
/// <param name="logs">Gets what the worker logs.</param>
/// <param name="log">Gets what the worker prints.</param>
internal sealed class WorkerStarter(
    Package package,
    RpcServer rpc,
    Uri ownAddress,
    TimeProvider time,
    FunctionLogs logs,
    HostLog log
)
{
    private const int RuntimeMissing = 150; // says the program "dotnet"
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // Between the end of the stream and that of the process.
    private static readonly TimeSpan LastBreath = TimeSpan.FromSeconds(2);

    /// <exception cref="InvalidAppException">It cannot be executed at all.</exception>
    /// <exception cref="WorkerStartException">It ended, or did not answer in time.</exception>
    public async Task<Worker> StartAsync(CancellationToken stopping)
    {
        var id = Guid.NewGuid().ToString();
        var called = rpc.Streams.Expect(id);
        var process = StartProcess(id);
        Worker? worker = null;
        try
        {
            worker = await IntroduceAsync(process, called, stopping);
            return worker;
        }
        catch (WorkerGoneException e)
        {
            await Task.WhenAny(process.Exited, Task.Delay(LastBreath, time, stopping));
            throw process.Exited switch
            {
                { IsCompleted: false } => new WorkerStartException(null, e.Message),
                { Result: RuntimeMissing } => new InvalidAppException("The .NET that the worker needs is not here."),
                var exited => new WorkerStartException(exited.Result, e.Message),
            };
        }
        finally
        {
            rpc.Streams.Forget(id);
            if (worker is null)
            {
                await process.DisposeAsync();
            }
        }
    }

    private WorkerProcess StartProcess(string id)
    {
        try
        {
            return WorkerProcess.Start(package, rpc.Address, ownAddress, id, time, log);
        }
        catch (Win32Exception e)
        {
            throw new InvalidAppException($"The worker cannot be started: {e.Message}");
        }
    }

    private async Task<Worker> IntroduceAsync(
        WorkerProcess process,
        Task<WorkerStream> called,
        CancellationToken stopping
    )
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            if (await Task.WhenAny(called, process.Exited).WaitAsync(either.Token) != called)
            {
                throw new WorkerGoneException("The worker ended before it called");
            }

            var stream = await called;
            var handshake = new Handshake(stream, package, line => logs.Worker(line, function: null));
            return new Worker(process, stream, await handshake.PerformAsync(either.Token), logs, time);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new WorkerGoneException("The worker does not answer");
        }
    }
}

/// <summary>A worker did not come so far that it took calls.</summary>
/// <param name="exitCode">With which code it ended; null where it did not.</param>
/// <param name="message">What happened.</param>
internal sealed class WorkerStartException(int? exitCode, string message) : Exception(message)
{
    public int? ExitCode => exitCode;
}
