using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Http;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.FunctionsHost.Rpc;
using TimeTagger.FunctionsHost.Workers;

namespace TimeTagger.FunctionsHost;

/// <summary>The whole of it: one package, from its start to its stop.</summary>
/// <param name="options">What this emulator is told.</param>
/// <param name="setting">A setting of the app, or null.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Gets what happens.</param>
internal sealed class Host(HostOptions options, Func<string, string?> setting, TimeProvider time, HostLog log)
{
    private const int Stopped = 0;
    private const int WorkerEnded = 1;

    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidAppException">The package is not one that the host would run.</exception>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var package = Package.Read(options.Package, setting);
        var address = new Uri($"http://127.0.0.1:{options.Port}");
        using var logs = new FunctionLogs(package.Host.Logging, log);
        await using var rpc = await RpcServer.StartAsync();
        await using var keeper = new WorkerKeeper(new WorkerStarter(package, rpc, address, time, logs, log), time, log);
        var invoker = new Invoker(keeper, package.Host, time, logs);
        var app = ReadAsync(package.Host, keeper, stopping);
        var router = RouterAsync(app);
        await using var server = await HostServer.StartAsync(
            options.Port,
            package.Host,
            app,
            router,
            setting,
            invoker,
            time,
            log
        );
        log.Write($"Functions host: {address}");

        using var triggers = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var listening = ListenAsync(app, router, package.Host, invoker, triggers.Token);
        var first = await Task.WhenAny(keeper.GaveUp, listening);
        await triggers.CancelAsync();
        // Both at the same time.
        await Task.WhenAll(listening, server.StopAsync());
        await first;
        return stopping.IsCancellationRequested ? Stopped : WorkerEnded;
    }

    private async Task<FunctionApp> ReadAsync(HostFile host, WorkerKeeper keeper, CancellationToken stopping)
    {
        var worker = await keeper.ReadyAsync(stopping);
        var app = FunctionApp.From(worker.Functions, host, setting);
        if (worker.Address is null && app.Functions.OfType<HttpFunction>().Any())
        {
            throw new InvalidAppException(
                "The worker does not say where it takes HTTP calls: this emulator has no other way for them."
            );
        }

        log.Write($"Functions: {string.Join(", ", app.Functions.Select(function => function.Name))}");
        return app;
    }

    private static async Task<Router> RouterAsync(Task<FunctionApp> app) =>
        new((await app).Functions.OfType<HttpFunction>());

    private async Task ListenAsync(
        Task<FunctionApp> app,
        Task<Router> router,
        HostFile host,
        Invoker invoker,
        CancellationToken stopping
    )
    {
        FunctionApp functions;
        try
        {
            functions = await app;
            await router;
        }
        catch (Exception e) when (e is WorkerGoneException or OperationCanceledException)
        {
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await new Triggers(host.Queues, options.State, invoker, time, log).ListenAsync(functions, stopping);
    }
}
