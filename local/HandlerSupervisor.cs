using System.Globalization;

namespace TimeTagger.Local;

/// <summary>Keeps the handler running: starts it, starts it again when it dies, and gives up when that does not help.</summary>
internal sealed class HandlerSupervisor(HandlerSettings settings, TimeProvider time, TextWriter output)
    : IAsyncDisposable
{
    private const int DeathsAllowed = 3;

    /// <summary>The handler's word for "this will not get better by itself": it has said why.</summary>
    private const int CannotStart = 2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<long> _deaths = new();
    private volatile Uri? _address;
    private Task _running = Task.CompletedTask;

    /// <summary>Where the handler answers, or null while it does not.</summary>
    public Uri? Address => _address;

    /// <summary>Completes when the handler answers for the first time; fails with a <see cref="Refusal"/> when it never does.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Fails with a <see cref="Refusal"/> when the handler died too often.</summary>
    public Task GaveUp => _running;

    public void Start() => _running = RunAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var exitCode = await LiveOnceAsync(stopping);
                // Ctrl-C reaches the whole terminal group: perhaps we are being stopped too, and just do not know yet.
                await Task.Delay(TimeSpan.FromMilliseconds(300), time, stopping);
                var pause = AfterDeath(exitCode);
                await Task.Delay(pause, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _ready.TrySetCanceled(stopping);
        }
        catch (Exception e)
        {
            _ready.TrySetException(e); // whoever waits for the start must not wait for ever
            throw;
        }
    }

    /// <summary>One life of the handler, from its start to its unexpected end.</summary>
    private async Task<int> LiveOnceAsync(CancellationToken stopping)
    {
        await using var handler = HandlerProcess.Start(settings, line => output.WriteLine($"handler | {line}"));
        try
        {
            if (await handler.AnswersAsync(time, stopping))
            {
                _address = handler.Address;
                _ready.TrySetResult();
            }
            else if (!handler.HasExited)
            {
                await output.WriteLineAsync("The handler does not answer.");
                return -1;
            }
            return await handler.WaitForExitAsync(stopping);
        }
        finally
        {
            _address = null;
            await handler.StopAsync(time);
        }
    }

    /// <returns>How long to wait before the next start.</returns>
    private TimeSpan AfterDeath(int exitCode)
    {
        if (exitCode == CannotStart)
        {
            throw new Refusal("The handler cannot start; its lines above say why.");
        }
        _deaths.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_deaths.Peek()) > Window)
        {
            _deaths.Dequeue();
        }
        var said = $"The handler ended unexpectedly (exit code {exitCode.ToString(CultureInfo.InvariantCulture)})";
        if (_deaths.Count >= DeathsAllowed)
        {
            throw new Refusal(
                $"{said}, {_deaths.Count} times within a minute. Its lines above say why; TimeTagger stops."
            );
        }
        output.WriteLine($"{said}; starting it again.");
        return TimeSpan.FromMilliseconds(500 * (_deaths.Count - 1));
    }
}
