using System.Diagnostics;

namespace TimeTagger.Local;

/// <summary>A program that this one started: its output is always drained, and it never outlives its disposal.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan OwnSignalLimit = TimeSpan.FromMilliseconds(300);

    private readonly Process _process;
    private readonly Task _draining;

    private ChildProcess(Process process, Action<string> onLine)
    {
        _process = process;
        _draining = Task.WhenAll(Drain(process.StandardOutput, onLine), Drain(process.StandardError, onLine));
    }

    public bool HasExited => _process.HasExited;

    /// <param name="environment">Added to this process's environment; null removes a variable.</param>
    /// <param name="onLine">Gets each line of the output and error streams, on any thread.</param>
    /// <exception cref="Refusal">The file cannot be executed.</exception>
    public static ChildProcess Start(
        string file,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?> environment,
        Action<string> onLine
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = BuildOutputs.DotnetRoot;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        try
        {
            return new ChildProcess(Process.Start(start)!, onLine);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new Refusal($"Cannot start {file}: {e.Message}");
        }
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <returns>The exit code, after the output has been passed on.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken stopping)
    {
        await _process.WaitForExitAsync(stopping);
        await LastLinesAsync();
        if (_process.ExitCode != 0)
        {
            // Ctrl-C reaches the whole terminal group: perhaps we are being stopped too, and just do not know yet.
            await Task.Delay(OwnSignalLimit, stopping);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        await LastLinesAsync();
        _process.Dispose();
    }

    /// <summary>A grandchild may hold the pipes open; its lines are not worth a long wait.</summary>
    private async Task LastLinesAsync() => await Task.WhenAny(_draining, Task.Delay(TimeSpan.FromSeconds(1)));

    private static async Task Drain(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }
}
