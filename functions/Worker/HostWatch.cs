using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TimeTagger.Worker;

/// <summary>
/// Ends the worker when the host is gone. The packages let it live on, silent: nobody would ever call it again, and it would
/// keep its memory. A connection that says nothing is held to the host, for the system ends it with the host's process.
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

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await IsThereAsync(stoppingToken))
            {
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            return; // The host told the worker to end, which is another thing.
        }

        LogGone(host);
        end.Because("The Functions host is gone.");
        lifetime.StopApplication();
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
