using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TimeTagger.Worker;

/// <summary>
/// Ends the worker when the host is gone, or never says a word. The packages let it live on, silent: nobody would ever call
/// it again, and it would keep its memory. A connection that says nothing is held to the host, for the system ends it with
/// the host's process.
/// </summary>
internal sealed partial class HostWatch(
    Uri host,
    WorkerEnd end,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<HostWatch> logger
) : BackgroundService
{
    // The host itself ends a connection that says nothing, after a while.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int Tries = 5;

    // The host has other things to do while workers start.
    private static readonly TimeSpan UntilAsked = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var gone = UntilGoneAsync(stoppingToken);
            if (await Task.WhenAny(gone, SpeaksAsync(stoppingToken)) is Task<bool> speaking && !await speaking)
            {
                end.Because($"What is at {host} says nothing.");
                lifetime.StopApplication();
                return;
            }

            await gone;
        }
        catch (OperationCanceledException)
        {
            return; // The host told the worker to end, which is another thing.
        }

        LogGone(host);
        end.Because("The Functions host is gone.");
        lifetime.StopApplication();
    }

    private async Task UntilGoneAsync(CancellationToken stopping)
    {
        while (await IsThereAsync(stopping))
        {
            await Task.Delay(Pause, clock, stopping);
        }
    }

    /// <summary>Asks once for anything, as the connection for calls does; what the answer says does not matter.</summary>
    /// <returns>False where no word comes.</returns>
    private async Task<bool> SpeaksAsync(CancellationToken stopping)
    {
        await Task.Delay(UntilAsked, clock, stopping);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, host)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var patience = new CancellationTokenSource(UntilAnswered, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return true; // A connection that ends is a word, too.
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <returns>After the connection ended: whether there had been one.</returns>
    private async Task<bool> IsThereAsync(CancellationToken stopping)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(host.Host, host.Port, stopping);
                await ReadToEndAsync(client.GetStream(), stopping);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, clock, stopping);
            }
            catch (IOException)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task ReadToEndAsync(NetworkStream stream, CancellationToken stopping)
    {
        var buffer = new byte[256];
        while (await stream.ReadAsync(buffer, stopping) > 0)
        {
            // Nothing that it says matters.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The Functions host at {Host} is gone; the worker ends")]
    private partial void LogGone(Uri host);
}

/// <summary>The watch among the services.</summary>
internal static class HostWatchServices
{
    internal static void AddHostWatch(this IServiceCollection services, IReadOnlyList<string> args, WorkerEnd end)
    {
        services.AddSingleton(end);
        if (HostArguments.ValueOf(args, HostArguments.HostAddress) is { } address)
        {
            services.AddHostedService(provider =>
                ActivatorUtilities.CreateInstance<HostWatch>(provider, new Uri(address))
            );
        }
    }
}
