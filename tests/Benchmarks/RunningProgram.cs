using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TimeTagger.Benchmarks;

/// <summary>A program that is measured. It ends when its standard input does: with this object, or with this process.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int LinesKept = 20;

    // Whether it ends by itself is for tests.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _sign;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly Task _draining;

    private RunningProgram(Process process, string sign)
    {
        (_process, _sign) = (process, sign);
        _draining = Task.WhenAll(DrainAsync(process.StandardOutput), DrainAsync(process.StandardError));
        _ = FailAtTheEndAsync();
    }

    internal int Id => _process.Id;

    /// <summary>The line that shows that it is ready. Fails where it ends before.</summary>
    internal Task<string> Ready => _ready.Task;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="variables">Added to this process's environment.</param>
    /// <param name="sign">What is in the line that shows that it is ready.</param>
    /// <param name="folder">The folder that it starts in; null for this process's.</param>
    internal static RunningProgram Start(
        IReadOnlyList<string> command,
        IEnumerable<KeyValuePair<string, string>> variables,
        string sign,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")
        );
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start)!, sign);
    }

    /// <summary>A loopback port that was free a moment ago.</summary>
    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.TryDequeue(out _);
            }

            if (line.Contains(_sign, StringComparison.Ordinal))
            {
                _ready.TrySetResult(line);
            }
        }
    }

    private async Task FailAtTheEndAsync()
    {
        await _draining;
        _ready.TrySetException(
            new InvalidOperationException($"It ended before it was ready:\n{string.Join('\n', _lines)}")
        );
        _ = _ready.Task.Exception; // Perhaps nobody waits for it.
    }
}
