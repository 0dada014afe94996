using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Maintenance;

namespace TimeTagger.Api.Maintenance;

/// <summary>Looks for accounts whose work waits although no message says so.</summary>
internal sealed partial class SweepFunction(Sweep sweep, TimeProvider clock, ILogger<SweepFunction> logger)
{
    internal const string Name = "Sweep";

    /// <summary>Does what is due. After a failure the next time is the next try.</summary>
    /// <param name="timer">What sets it off in Azure; on one machine nothing does.</param>
    /// <param name="cancellation">The host is gone, or the call took too long.</param>
    [Function(Name)]
    public async Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo? timer, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(TriggeredTime.Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            await sweep.RunAsync(LogFailed, either.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            // What it did not get to, the next one does.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The account {Mark} could not be maintained; the next sweep tries again"
    )]
    private partial void LogFailed(string mark, Exception exception);
}
