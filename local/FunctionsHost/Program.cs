using TimeTagger.FunctionsHost;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;
using TimeTagger.FunctionsHost.Http;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Queues;
using TimeTagger.FunctionsHost.Timers;
using TimeTagger.Local;

const int handlerDied = 1;
const int misused = 2;

if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(HostOptions.Help);
    return 0;
}

using var signals = new StopSignals();
var stopping = signals.Stopping;
var time = TimeProvider.System;
var log = new HostLog(Console.Out);
try
{
    var options = HostOptions.Parse(args);
    if (options.StopsWithStdin)
    {
        signals.StopWithStdin();
    }

    var app = FunctionApp.Read(options.Package, Environment.GetEnvironmentVariable);
    var shape = app.ShapeFor(options);
    await using var handler = new HandlerKeeper(app.Host, app.Root, $"http://127.0.0.1:{options.Port}", time, log);
    using var invoker = new Invoker(handler, app.Host, time, log);
    await using var server = await HostServer.StartAsync(
        app,
        options,
        Environment.GetEnvironmentVariable,
        handler,
        invoker,
        time,
        log
    );
    log.Write(
        $"Functions host: http://127.0.0.1:{options.Port}/ ({(shape is null ? "Payloads" : $"{shape}")}): {string.Join(", ", app.Functions.Select(function => function.Name))}"
    );

    IEnumerable<Task> listening =
    [
        .. app
            .Functions.OfType<QueueFunction>()
            .Select(function => new QueueListener(function, app.Host.Queues, invoker, time, log).ListenAsync(stopping)),
        .. app
            .Functions.OfType<TimerFunction>()
            .Select(function => new TimerListener(function, invoker, options.State, time).ListenAsync(stopping)),
    ];
    await await Task.WhenAny([handler.GaveUp, .. listening.Where(listener => !listener.IsCompletedSuccessfully)])
        .WaitAsync(stopping);
    return handlerDied;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (Exception e) when (e is InvalidAppException or FormatException or IOException or System.Text.Json.JsonException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return misused;
}
