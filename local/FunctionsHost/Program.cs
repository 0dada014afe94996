using System.Text.Json;
using TimeTagger.FunctionsHost;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Logs;
using TimeTagger.Local;

const int misused = 2;

if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine(HostOptions.Help);
    return 0;
}

using var signals = new StopSignals();
try
{
    var options = HostOptions.Parse(args);
    if (options.StopsWithStdin)
    {
        signals.StopWithStdin();
    }

    var host = new Host(options, Environment.GetEnvironmentVariable, TimeProvider.System, new HostLog(Console.Out));
    return await host.RunAsync(signals.Stopping);
}
catch (Exception e) when (e is InvalidAppException or FormatException or IOException or JsonException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return misused;
}
