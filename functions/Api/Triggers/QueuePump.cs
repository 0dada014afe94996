using TimeTagger.Api.Telemetry;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Triggers;

/// <summary>Does on one machine what the Functions host does in Azure: hands the messages of a queue to their function.</summary>
internal sealed partial class QueuePump(
    IQueue queue,
    IQueueTriggered triggered,
    TimeProvider clock,
    ILogger<QueuePump> logger
) : BackgroundService
{
    private const int MostTries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await EmptyAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(triggered.Function, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process is ending; the message that was under way comes again.
        }
    }

    private async Task EmptyAsync(CancellationToken stopping)
    {
        while (await queue.ReceiveAsync(Hidden, stopping) is { } message)
        {
            if (message.DequeueCount <= MostTries)
            {
                using var span = FunctionRuns.Begin(triggered.Function);
                await triggered.RunAsync(message.Body, stopping);
            }
            else
            {
                LogGivenUp(triggered.Function, MostTries);
            }

            await queue.DeleteAsync(message, stopping);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Function} failed at a message of its queue; it is tried again"
    )]
    private partial void LogFailed(string function, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Function} failed {Tries} times at a message of its queue, which is given up; a sweep sees to what it was about"
    )]
    private partial void LogGivenUp(string function, int tries);
}

/// <summary>Pumps among the services.</summary>
internal static class QueuePumpServices
{
    /// <summary>Hands the messages of a queue to a function, for as long as the process runs.</summary>
    internal static void AddQueuePump<T>(this IServiceCollection services, Func<StorageAccount, IQueue> queue)
        where T : IQueueTriggered =>
        // Not AddHostedService, which takes a second pump for the first one again.
        services.AddSingleton<IHostedService>(provider => new QueuePump(
            queue(provider.GetRequiredService<StorageAccount>()),
            provider.GetRequiredService<T>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QueuePump>>()
        ));
}
