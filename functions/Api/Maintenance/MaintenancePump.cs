using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Maintenance;

/// <summary>Does on one machine what the Functions host does in Azure: hands on the queue's messages, and sweeps.</summary>
internal sealed partial class MaintenancePump(
    StorageAccount storage,
    MaintenanceFunction maintenance,
    SweepFunction sweep,
    TimeProvider clock,
    ILogger<MaintenancePump> logger
) : BackgroundService
{
    private const int MostTries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(15);

    /// <summary>Soon, because on a laptop a process may never live for a whole interval; not at once, for that is when one is used.</summary>
    private static readonly TimeSpan FirstSweep = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            RepeatAsync(Pause, Pause, EmptyQueueAsync, stoppingToken),
            RepeatAsync(FirstSweep, SweepInterval, sweep.RunAsync, stoppingToken)
        );

    private async Task RepeatAsync(
        TimeSpan first,
        TimeSpan pause,
        Func<CancellationToken, Task> work,
        CancellationToken stopping
    )
    {
        using var timer = new PeriodicTimer(first, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                timer.Period = pause;
                try
                {
                    await work(stopping);
                }
                catch (Exception e) when (!stopping.IsCancellationRequested)
                {
                    LogFailed(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process is ending; whatever was under way is done again by the next one.
        }
    }

    private async Task EmptyQueueAsync(CancellationToken stopping)
    {
        while (await storage.Maintenance.ReceiveAsync(Hidden, stopping) is { } message)
        {
            if (message.DequeueCount <= MostTries)
            {
                await maintenance.RunAsync(message.Body, stopping);
            }

            await storage.Maintenance.DeleteAsync(message, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Maintenance failed; it is tried again")]
    private partial void LogFailed(Exception exception);
}
