using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Maintenance;

namespace TimeTagger.Api.Maintenance;

/// <summary>Looks for accounts whose work waits although no message says so.</summary>
internal sealed partial class SweepFunction(Sweep sweep, TimeProvider clock, ILogger<SweepFunction> logger)
    : ITimerTriggered
{
    /// <inheritdoc/>
    public string Function => "Sweep";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellation)
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
