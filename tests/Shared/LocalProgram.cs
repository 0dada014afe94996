using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace TimeTagger.TestSupport;

/// <summary>The program of <c>local/</c> as a process, with what it printed; it and what it started end with the disposal.</summary>
internal sealed class LocalProgram : IAsyncDisposable
{
    /// <summary>Far above what anything takes, so that a slow machine is no failure.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly ConcurrentDictionary<int, bool> GivenPorts = new();

    private readonly Process _process;
    private readonly Task _draining;
    private readonly Lock _lock = new();
    private readonly List<(string Text, Action<string> Seen)> _waiting = [];
    private ImmutableList<string> _lines = [];

    private LocalProgram(Process process)
    {
        _process = process;
        _draining = Task.WhenAll(DrainAsync(process.StandardOutput), DrainAsync(process.StandardError));
    }

    public static string RepositoryRoot { get; } = Baked("RepositoryRoot");

    /// <summary>The program as it was built with the tests.</summary>
    public static string File { get; } = Path.ChangeExtension(Baked("LocalAssembly"), null);

    public int Id => _process.Id;

    /// <summary>Everything printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static LocalProgram Start(
        IEnumerable<string> args,
        params IEnumerable<(string Name, string Value)> environment
    ) => Start(File, args, environment);

    /// <param name="file">The program, where it is not the one that was built with the tests.</param>
    public static LocalProgram Start(
        string file,
        IEnumerable<string> args,
        params IEnumerable<(string Name, string Value)> environment
    )
    {
        // Tests may run where signals are ignored (under nohup, say), and programs inherit that: ours begins as in a shell.
        string[] command = ["--default-signal=HUP,INT,TERM", file];
        var start = new ProcessStartInfo("/usr/bin/env", [.. command, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../..")
        );
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return new LocalProgram(Process.Start(start)!);
    }

    /// <summary>
    /// A port that is free now, and likely still is when a program is stopped and started again: none of those that the
    /// system gives to connections, and none that was given before.
    /// </summary>
    public static int FreePort()
    {
        for (; ; )
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (!GivenPorts.TryAdd(port, true))
            {
                continue;
            }

            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    /// <summary>Waits for a line that contains a text, printed already or still to come.</summary>
    public async Task<string> LineAsync(string text)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((text, line => seen.TrySetResult(line)));
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } already)
            {
                seen.TrySetResult(already);
            }
        }
        var first = await Task.WhenAny(seen.Task, _draining, Task.Delay(Patience));
        return first == seen.Task || seen.Task.IsCompleted
            ? await seen.Task
            : throw new InvalidOperationException($"'{text}' was not printed, but:\n{Output}");
    }

    public Task RunningAsync() => LineAsync("TimeTagger is running: ");

    /// <returns>The exit code, once everything it printed is in <see cref="Output"/>.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _draining.WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>The processes that it started, and those that they started.</summary>
    public IReadOnlyList<int> Descendants() => ProcessTable.Descendants(Id);

    /// <param name="signal">INT as from Ctrl-C, TERM, or KILL; only for the program itself.</param>
    public Task SignalAsync(string signal) => ProcessTable.SignalAsync(Id, signal);

    /// <summary>Ends its standard input, as when whoever started it is gone.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Ends the program and all it started at once, as a power cut would.</summary>
    public async Task KillAllAsync()
    {
        int[] everything = [Id, .. Descendants()];
        await Task.WhenAll(everything.Select(id => ProcessTable.SignalAsync(id, "KILL")));
        await Task.WhenAll(everything.Select(ProcessTable.EndedAsync));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAllAsync();
        }
        _process.Dispose();
    }

    private static string Baked(string key) =>
        typeof(LocalProgram)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => string.Equals(a.Key, key, StringComparison.Ordinal))
            .Value!;

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines = _lines.Add(line);
                foreach (var (text, seen) in _waiting.Where(w => line.Contains(w.Text, StringComparison.Ordinal)))
                {
                    seen(line);
                }
            }
        }
    }
}
