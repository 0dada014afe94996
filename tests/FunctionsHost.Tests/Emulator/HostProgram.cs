using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Emulator;

/// <summary>The emulator of the Functions host as a process, with what it printed; all of it ends with the disposal.</summary>
internal sealed class HostProgram : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Foreign =
    [
        "TIMETAGGER_",
        "FUNCTIONS_",
        "WEBSITE_",
        "ASPNETCORE_",
        "AzureWebJobs",
        "CORS_",
        "SCRIPT_",
    ];

    private readonly Process _process;
    private readonly Task _draining;
    private ImmutableList<string> _lines = [];
    private ImmutableList<string> _errors = [];

    private HostProgram(Process process, int port)
    {
        _process = process;
        Http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectCallback = (_, cancellation) => ConnectAsync(cancellation),
            }
        )
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = Patience,
        };
        Port = port;
        _draining = Task.WhenAll(
            DrainAsync(process.StandardOutput, _ => { }),
            DrainAsync(process.StandardError, line => Add(ref _errors, line))
        );
    }

    /// <summary>The program "dotnet".</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public HttpClient Http { get; }

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>All that it printed.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>What it printed to standard error alone.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public string Output => string.Join('\n', _lines);

    public static HostProgram Start(
        string package,
        IEnumerable<(string Name, string? Value)> environment,
        params IEnumerable<string> args
    )
    {
        var port = FreePort();
        return Start(port, ["--package", package, "--port", $"{port}", "--stop_with_stdin", .. args], environment);
    }

    /// <summary>Starts it with a command line of one's own.</summary>
    public static HostProgram StartWith(IEnumerable<string> args) => Start(port: 1, args, []);

    private static HostProgram Start(
        int port,
        IEnumerable<string> args,
        IEnumerable<(string Name, string? Value)> environment
    )
    {
        var emulator = typeof(HostProgram)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "FunctionsHostAssembly")
            .Value;
        var start = new ProcessStartInfo(Dotnet, [emulator!, .. args])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Array.Exists(Foreign, name.StartsWith)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProgram(Process.Start(start)!, port);
    }

    /// <summary>Waits for as many lines that contain a text, printed already or still to come.</summary>
    public async Task LineAsync(string text, int times = 1)
    {
        var started = Stopwatch.GetTimestamp();
        while (_lines.Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
        {
            var isOver = Stopwatch.GetElapsedTime(started) > Patience || _draining.IsCompleted;
            Assert.True(
                !isOver || _lines.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times,
                $"'{text}' was not printed {times} times, but:\n{Output}"
            );
            await Task.Delay(20);
        }
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _draining.WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // It may not listen yet.
    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (!_process.HasExited)
            {
                socket.Dispose();
                await Task.Delay(20, cancellation);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task DrainAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
            Add(ref _lines, line);
        }
    }

    private static void Add(ref ImmutableList<string> lines, string line) =>
        ImmutableInterlocked.Update(ref lines, static (all, added) => all.Add(added), line);
}
