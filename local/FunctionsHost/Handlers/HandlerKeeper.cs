using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TimeTagger.FunctionsHost.App;

namespace TimeTagger.FunctionsHost.Handlers;

/// <summary>
/// Starts the handler and starts it again, by the rules of the host: code 0 is the end, 200 asks for a new start, every
/// other one is a crash, and the third crash ends the host.
/// </summary>
internal sealed class HandlerKeeper : IAsyncDisposable
{
    private const int AsksForRestart = 200;
    private const int CrashesAllowed = 3;
    private static readonly TimeSpan CrashesForgotten = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    private readonly HostFile _host;
    private readonly string _root;
    private readonly string _hostAddress;
    private readonly TimeProvider _time;
    private readonly HostLog _log;
    private readonly int _port = FreePort();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HttpClient _ping;
    private readonly Task _keeping;
    private TaskCompletionSource _ready = NewSignal();
    private HandlerProcess? _process;
    private bool _isOurKill;
    private int _crashes;
    private long _lastCrash;

    public HandlerKeeper(HostFile host, string root, string hostAddress, TimeProvider time, HostLog log)
    {
        (_host, _root, _hostAddress, _time, _log) = (host, root, hostAddress, time, log);
        _ping = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        Address = new Uri($"http://127.0.0.1:{_port}/");
        _keeping = KeepAsync(_stopping.Token);
    }

    /// <summary>Where the handler listens, the same after every start.</summary>
    public Uri Address { get; }

    /// <summary>Completes when the handler died too often: the host has to end.</summary>
    public Task GaveUp => _keeping;

    /// <summary>Waits until the handler answers. Fails at once where it ended with code 0, and so will never be started again.</summary>
    /// <exception cref="HandlerGoneException">There is no handler.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        Task ready;
        lock (_lock)
        {
            ready = _ready.Task;
        }

        var patience = (CrashesAllowed + 1) * _host.InitializationTimeout;
        try
        {
            await ready.WaitAsync(patience, _time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new HandlerGoneException("The handler did not start in time.");
        }
    }

    /// <summary>Kills the handler, for a function that took too long; it is started again.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            if (_process is { HasExited: false })
            {
                _isOurKill = true;
                _process.Kill();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _ping.Dispose();
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        while (true)
        {
            int? code;
            try
            {
                code = await LiveOnceAsync(stopping);
            }
            catch (Win32Exception e)
            {
                _log.Write($"Failed to start Worker Channel: {e.Message}");
                await Task.Delay(Timeout.Infinite, stopping); // and calls wait until their time is over
                return;
            }

            if (code == 0)
            {
                _log.Write("The handler ended with exit code 0 and is not started again.");
                End(new HandlerGoneException("The handler ended with exit code 0."));
                await Task.Delay(Timeout.Infinite, stopping);
            }

            if (IsLastCrash(code))
            {
                _log.Write($"The handler crashed {_crashes} times; the host stops.");
                End(new HandlerGoneException("The handler crashed too often."));
                return;
            }
        }
    }

    /// <returns>The exit code, or null for one that never answered.</returns>
    private async Task<int?> LiveOnceAsync(CancellationToken stopping)
    {
        await using var process = HandlerProcess.Start(_host, _root, _port, _hostAddress, _log);
        lock (_lock)
        {
            (_process, _isOurKill) = (process, false);
        }

        var answers = await AnswersAsync(process, stopping);
        if (answers)
        {
            _log.Write("The handler is ready.");
            _ready.TrySetResult();
        }
        else if (!process.HasExited)
        {
            return null;
        }

        var code = await process.ExitAsync(stopping);
        lock (_lock)
        {
            if (_ready.Task.IsCompleted)
            {
                _ready = NewSignal();
            }
        }

        return code;
    }

    // Counts its steps, not the time they take, as the host does. Any answer is one.
    private async Task<bool> AnswersAsync(HandlerProcess process, CancellationToken stopping)
    {
        var steps = _host.InitializationTimeout / PollInterval;
        for (var step = 0; step < steps && !process.HasExited; step++)
        {
            try
            {
                using var answer = await _ping.GetAsync(Address, stopping);
                return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(PollInterval, _time, stopping);
            }
        }

        return false;
    }

    private bool IsLastCrash(int? code)
    {
        if (code == AsksForRestart || _isOurKill)
        {
            _log.Write($"The handler is started again ({(_isOurKill ? "it was killed" : "it asked for it")}).");
            return false;
        }

        if (_crashes > 0 && _time.GetElapsedTime(_lastCrash) > CrashesForgotten)
        {
            _crashes = 0;
        }

        (_crashes, _lastCrash) = (_crashes + 1, _time.GetTimestamp());
        _log.Write(code is null ? "The handler does not answer." : $"The handler crashed (exit code {code}).");
        return _crashes >= CrashesAllowed;
    }

    private void End(HandlerGoneException reason)
    {
        lock (_lock)
        {
            _ready.TrySetException(reason);
            _ = _ready.Task.Exception; // Perhaps nobody calls any more.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Below the ports that the system gives away by itself: one of those may be somebody else's by the time it is used.
    private static int FreePort()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(20_000, 32_000));
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // taken: another one
            }
        }
    }
}

/// <summary>There is no handler, and there will be none.</summary>
internal sealed class HandlerGoneException(string message) : Exception(message);
