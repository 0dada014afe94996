using System.Diagnostics;
using System.Globalization;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Logs;

namespace TimeTagger.FunctionsHost.Workers;

/// <summary>A worker's process. It inherits the environment of this one, and survives it where that is killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Task _draining;

    private WorkerProcess(Process process, string workerId, TimeProvider time, HostLog log)
    {
        (_process, WorkerId, _time) = (process, workerId, time);
        _draining = Task.WhenAll(
            DrainAsync(process.StandardOutput, line => log.Write($"worker | {line}")),
            DrainAsync(process.StandardError, line => log.Write($"worker error | {line}"))
        );
        Exited = ExitAsync();
    }

    public string WorkerId { get; }

    /// <summary>The exit code, after all it has written was passed on.</summary>
    public Task<int> Exited { get; }

    /// <param name="package">What to start.</param>
    /// <param name="host">Where it has to call.</param>
    /// <param name="ownAddress">Where this host listens, which the worker inherits as any ASP.NET Core program would.</param>
    /// <param name="workerId">The name by which it is to call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets its output.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be executed.</exception>
    public static WorkerProcess Start(
        Package package,
        Uri host,
        Uri ownAddress,
        string workerId,
        TimeProvider time,
        HostLog log
    )
    {
        var start = new ProcessStartInfo(
            package.Worker.Executable,
            [.. package.Worker.Arguments, .. ArgumentsOfTheHost(host, workerId)]
        )
        {
            WorkingDirectory = package.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = ownAddress.ToString(),
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = package.Root,
                ["FUNCTIONS_WORKER_DIRECTORY"] = package.Root,
                ["FUNCTIONS_WORKER_RUNTIME"] = WorkerDescription.Language,
            },
        };
        return new WorkerProcess(Process.Start(start)!, workerId, time, log);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        _process.Dispose();
    }

    // In the new form and in the one that older workers know.
    private static IEnumerable<string> ArgumentsOfTheHost(Uri host, string workerId)
    {
        var request = Guid.NewGuid().ToString();
        var length = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. new[] { "--host", host.Host, "--port", host.Port.ToString(CultureInfo.InvariantCulture) },
            .. new[] { "--workerId", workerId, "--requestId", request, "--grpcMaxMessageLength", length },
            .. new[] { "--functions-uri", host.ToString(), "--functions-worker-id", workerId },
            .. new[] { "--functions-request-id", request, "--functions-grpc-max-message-length", length },
        ];
    }

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        // A child of the worker may hold the pipes open; its lines are not worth a long wait.
        await Task.WhenAny(_draining, Task.Delay(TimeSpan.FromSeconds(1), _time));
        return _process.ExitCode;
    }

    private static async Task DrainAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }
}
