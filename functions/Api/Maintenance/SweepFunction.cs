using TimeTagger.Api.Triggers;

namespace TimeTagger.Api.Maintenance;

/// <summary>Looks for accounts whose work waits although no message says so.</summary>
internal sealed class SweepFunction : ITimerTriggered
{
    /// <inheritdoc/>
    public string Function => "Sweep";

    // No account has work waiting yet.
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellation) => Task.CompletedTask;
}
