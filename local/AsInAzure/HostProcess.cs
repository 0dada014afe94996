using System.Net;
using System.Net.Sockets;
using TimeTagger.Configuration;

namespace TimeTagger.Local.AsInAzure;

/// <summary>The emulator of the Azure Functions host with the worker's package, as a program of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly ChildProcess _child;

    private HostProcess(ChildProcess child, int port)
    {
        _child = child;
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    public Uri Address { get; }

    /// <param name="package">The folder of the package.</param>
    /// <param name="state">The folder in which the host keeps what is its own.</param>
    /// <param name="settings">What the worker is told.</param>
    /// <exception cref="Refusal">The emulator cannot be started.</exception>
    public static HostProcess Start(string package, string state, SettingValues settings, Action<string> onLine)
    {
        var port = FreePort();
        string[] arguments =
        [
            "--package",
            package,
            "--port",
            $"{port}",
            "--state",
            state,
            // The pipe to its standard input closes when this process dies, however it dies.
            "--stop_with_stdin",
        ];
        var environment = new Dictionary<string, string?>(settings.ToEnvironment(UsedBy.Worker), StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = settings.Get(Catalogue.StorageConnection),
        };
        return new HostProcess(ChildProcess.Start(BuildOutputs.FunctionsHost, arguments, environment, onLine), port);
    }

    /// <summary>Waits until the worker answers.</summary>
    /// <exception cref="Refusal">It never does.</exception>
    public async Task ReadyAsync(TimeProvider time, CancellationToken stopping)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        client.Timeout = TimeSpan.FromSeconds(5);
        var started = time.GetTimestamp();
        while (!await AnswersAsync(client, stopping))
        {
            if (_child.HasExited)
            {
                throw await EndedAsync(stopping);
            }

            if (time.GetElapsedTime(started) > StartLimit)
            {
                throw new Refusal("The worker does not answer under the emulator of the Functions host.");
            }

            await Task.Delay(PollInterval, time, stopping);
        }
    }

    /// <summary>Waits until it ends.</summary>
    /// <returns>What is to be said about that.</returns>
    public async Task<Refusal> EndedAsync(CancellationToken stopping) =>
        new(
            $"The emulator of the Functions host has ended (exit code {await _child.WaitForExitAsync(stopping)}); "
                + "its lines above say why."
        );

    /// <summary>Asks it to stop by ending its input, and kills it if it has not done so in time.</summary>
    public async ValueTask DisposeAsync()
    {
        _child.EndInput();
        using var limit = new CancellationTokenSource(StopLimit);
        Task exit = _child.WaitForExitAsync(limit.Token);
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _child.DisposeAsync();
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken stopping)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Address, "api/status"), stopping);
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return false; // the bare one where a connection ends in the moment in which it begins
        }
        catch (TaskCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false; // no answer within the client's time limit
        }
    }

    /// <summary>A loopback port that was free a moment ago. Should another program be faster, the emulator says so and ends.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
