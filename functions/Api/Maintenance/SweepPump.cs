using TimeTagger.Api.Telemetry;

namespace TimeTagger.Api.Maintenance;

/// <summary>Does on one machine what the Functions host does in Azure: sweeps from time to time.</summary>
internal sealed partial class SweepPump(SweepFunction sweep, TimeProvider clock, ILogger<SweepPump> logger)
    : BackgroundService
{
    /// <summary>Soon, because on a laptop a process may never live for a whole interval; not at once, for that is when one is used.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(First, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                timer.Period = Interval;
                try
                {
                    using var span = FunctionRuns.Begin(SweepFunction.Name);
                    await sweep.RunAsync(timer: null, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sweep failed; the next one tries again")]
    private partial void LogFailed(Exception exception);
}
