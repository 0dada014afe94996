using System.Diagnostics;
using System.Globalization;
using TimeTagger.FunctionsHost.App;

namespace TimeTagger.FunctionsHost.Handlers;

/// <summary>One life of the handler. It inherits this process's whole environment, and only ever ends by SIGKILL or by itself.</summary>
internal sealed class HandlerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _draining;

    private HandlerProcess(Process process, HostLog log)
    {
        _process = process;
        _draining = Task.WhenAll(
            DrainAsync(process.StandardOutput, line => log.Write($"handler | {line}")),
            DrainAsync(process.StandardError, line => log.Write($"handler error | {line}"))
        );
    }

    public bool HasExited => _process.HasExited;

    /// <param name="host">What to start, and where.</param>
    /// <param name="root">The package.</param>
    /// <param name="port">Where it has to listen.</param>
    /// <param name="hostAddress">This host's own address, which the handler inherits as any ASP.NET Core program would.</param>
    /// <param name="log">Gets its output.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be executed.</exception>
    public static HandlerProcess Start(HostFile host, string root, int port, string hostAddress, HostLog log)
    {
        var portText = port.ToString(CultureInfo.InvariantCulture);
        var id = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(host.Executable)
        {
            WorkingDirectory = host.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = hostAddress,
                ["FUNCTIONS_CUSTOMHANDLER_PORT"] = portText,
                ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = id,
                ["FUNCTIONS_HTTPWORKER_PORT"] = portText,
                ["FUNCTIONS_HTTPWORKER_ID"] = id,
                ["FUNCTIONS_APP_ROOT_PATH"] = root,
            },
        };
        start.Arguments = Expand(host.Arguments, start.Environment);
        return new HandlerProcess(Process.Start(start)!, log);
    }

    /// <returns>The exit code, after all it has written was passed on.</returns>
    public async Task<int> ExitAsync(CancellationToken stopping)
    {
        await _process.WaitForExitAsync(stopping);
        await LastLinesAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: what <c>ApplicationStopping</c> would do never happens.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await LastLinesAsync();
        _process.Dispose();
    }

    // %NAME% becomes the variable's value; one that does not exist vanishes.
    private static string Expand(string text, IDictionary<string, string?> variables) =>
        string.Concat(
            text.Split('%')
                .Select(
                    (part, i) =>
                        i % 2 == 0 ? part
                        : variables.TryGetValue(part, out var value) ? value
                        : ""
                )
        );

    // A child of the handler may hold the pipes open; its lines are not worth a long wait.
    private async Task LastLinesAsync() => await Task.WhenAny(_draining, Task.Delay(TimeSpan.FromSeconds(1)));

    private static async Task DrainAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }
}
