using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TimeTagger.Api.Tests.Server;

/// <summary>
/// The real server in a process of its own, as one machine runs it, on a loopback port that was free. Its input is a pipe
/// of ours, so it ends with the test run even if that is killed.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int PortTries = 3;

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private bool _isDisposed;

    private ServerProcess(int port, ProcessStartInfo start)
    {
        Port = port;
        Address = new Uri($"http://127.0.0.1:{port}/");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = Patience,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal int Port { get; }

    internal Uri Address { get; }

    internal HttpClient Http { get; }

    internal bool HasExited => _process.HasExited;

    /// <summary>How much of it is in memory, in bytes.</summary>
    internal long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What it has written to standard output; complete once it has exited.</summary>
    internal string Output => Text(_output);

    /// <summary>What it has written to standard error; complete once it has exited.</summary>
    internal string Error => Text(_error);

    /// <summary>Starts the server, with the host that <see cref="HostUnderTest"/> says, and waits until it answers.</summary>
    internal static async Task<ServerProcess> StartAsync(
        string dataFolder,
        params (string Name, string? Value)[] variables
    ) => await StartAsync(dataFolder, _ => variables);

    /// <param name="dataFolder">Where its data lies.</param>
    /// <param name="variables">Settings in the environment, for its port.</param>
    internal static async Task<ServerProcess> StartAsync(
        string dataFolder,
        Func<int, IEnumerable<(string Name, string? Value)>> variables
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var start = await HostUnderTest.StartInfoAsync(
                port,
                Variables(port, await HostUnderTest.StoreAsync(dataFolder), variables(port))
            );
            var server = new ServerProcess(port, start);
            try
            {
                await server.AnswersAsync();
                return server;
            }
            catch (Exception e)
            {
                await server.DisposeAsync();

                // Free when we looked, and another test was faster.
                var wasTaken = server.Error.Contains("already in use", StringComparison.OrdinalIgnoreCase);
                if (attempt == PortTries || !wasTaken)
                {
                    throw new InvalidOperationException($"The server did not start: {server.Error}", e);
                }
            }
        }
    }

    /// <summary>Starts the server of one machine without waiting for anything.</summary>
    internal static ServerProcess Launch(
        int port,
        string dataFolder,
        params IEnumerable<(string Name, string? Value)> variables
    ) =>
        new(
            port,
            ProgramStart.OfLocal(
                Variables(port, new Dictionary<string, string?> { ["TIMETAGGER_DATADIR"] = dataFolder }, variables)
            )
        );

    private static Dictionary<string, string?> Variables(
        int port,
        IReadOnlyDictionary<string, string?> store,
        IEnumerable<(string Name, string? Value)> variables
    )
    {
        var all = new Dictionary<string, string?>(store, StringComparer.Ordinal)
        {
            ["TIMETAGGER_BIND"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["TIMETAGGER_STOP_WITH_STDIN"] = "true",
            ["TIMETAGGER_RATE_ADDRESS"] = "0", // Whole tests are made of calls that fail.
        };
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return all;
    }

    internal static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Ends its standard input, as when whoever started it is gone.</summary>
    internal void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends TERM or INT.</summary>
    internal async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL, at this very moment; to the host as well where there is one.</summary>
    internal async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await ExitCodeAsync();
    }

    /// <summary>Waits for its end; all it has written is then there.</summary>
    internal async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Fails when it has answered with a defect of ours, or complained about one.</summary>
    internal void AssertSound()
    {
        string[] signs = [" fail: ", " crit: ", "defect of ours"];
        var output = Output;
        Assert.True(!Array.Exists(signs, sign => output.Contains(sign, StringComparison.Ordinal)), output);
        Assert.Empty(Error);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Http.Dispose();
        if (!_process.HasExited)
        {
            CloseInput();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_process.HasExited)
            {
                await ExitCodeAsync();
                Assert.Fail($"The server ended before it answered: {Output}{Error}");
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri("/api/status", UriKind.Relative), patience.Token);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return;
            }
            // The bare one where a connection ends in the moment in which it begins.
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(15), patience.Token); // Not listening yet: ask again.
            }
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
