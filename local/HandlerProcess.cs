namespace TimeTagger.Local;

/// <summary>One running handler.</summary>
internal sealed class HandlerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly ChildProcess _child;

    private HandlerProcess(ChildProcess child, int port)
    {
        _child = child;
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri Address { get; }

    public bool HasExited => _child.HasExited;

    /// <exception cref="Refusal">The executable cannot be started.</exception>
    public static HandlerProcess Start(HandlerSettings settings, Action<string> onLine)
    {
        var port = HandlerSettings.FreePort();
        return new HandlerProcess(
            ChildProcess.Start(settings.File, settings.Arguments(port), settings.Environment(port), onLine),
            port
        );
    }

    /// <returns>Whether it answered anything over HTTP before it died and within the limit for a start.</returns>
    public async Task<bool> AnswersAsync(TimeProvider time, CancellationToken stopping)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        client.Timeout = TimeSpan.FromSeconds(5);
        var started = time.GetTimestamp();
        while (!HasExited && time.GetElapsedTime(started) < StartLimit)
        {
            try
            {
                using var answer = await client.GetAsync(Address, stopping);
                return true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(PollInterval, time, stopping);
            }
            catch (TaskCanceledException) when (!stopping.IsCancellationRequested)
            {
                // no answer within the client's time limit: ask again
            }
        }
        return false;
    }

    public Task<int> WaitForExitAsync(CancellationToken stopping) => _child.WaitForExitAsync(stopping);

    /// <summary>Asks it to stop by ending its input; disposal kills it if it has not done so in time.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        _child.EndInput();
        using var limit = new CancellationTokenSource(StopLimit, time);
        try
        {
            await _child.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // disposal kills it
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
