using System.Diagnostics;
using TimeTagger.TestSupport;

namespace TimeTagger.Benchmarks.Starts;

/// <summary>The emulator of the Functions host with a package, whose worker answers.</summary>
internal sealed class HostedPackage : IAsyncDisposable
{
    private readonly RunningProgram _host;
    private readonly int _port;

    private HostedPackage(RunningProgram host, int port) => (_host, _port) = (host, port);

    internal Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>The memory of the worker; the host's is not counted.</summary>
    internal ProcessMemory Memory => ProcessMemory.Of(WorkerId);

    // The host starts nothing else.
    private int WorkerId => ProcessTable.Descendants(_host.Id).Single();

    /// <param name="package">The folder of the package.</param>
    /// <param name="settings">The app settings.</param>
    internal static async Task<HostedPackage> StartAsync(
        string package,
        IEnumerable<KeyValuePair<string, string>> settings
    )
    {
        var port = RunningProgram.FreePort();
        string[] command = [Programs.FunctionsHost, "--package", package, "--port", $"{port}", "--stop_with_stdin"];
        var host = RunningProgram.Start(command, settings, "The worker is ready.");
        await host.Ready;
        await FirstAnswer.ComesAsync(port);
        return new HostedPackage(host, port);
    }

    /// <summary>
    /// Kills the worker, so that the host starts another. The host has done all of that once before: its own start is not
    /// counted. It bears this twice.
    /// </summary>
    /// <returns>Milliseconds from the start of the new worker's process to the first answer that comes through the host.</returns>
    internal async Task<double> RestartWorkerAsync()
    {
        var old = WorkerId;
        using (var process = Process.GetProcessById(old))
        {
            process.Kill();
        }

        await ProcessTable.EndedAsync(old);
        await FirstAnswer.ComesAsync(_port); // The host keeps the call until there is a worker.
        return FirstAnswer.MillisecondsSinceStartOf(WorkerId);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
