using TimeTagger.Api.Triggers;

namespace TimeTagger.Api.Maintenance;

/// <summary>Maintains the journal of one account: the message is the account's key.</summary>
internal sealed class MaintenanceFunction : IQueueTriggered
{
    /// <inheritdoc/>
    public string Function => "Maintenance";

    // Nothing is maintained yet, and nothing sends such messages: one that comes is done.
    /// <inheritdoc/>
    public Task RunAsync(string message, CancellationToken cancellation) => Task.CompletedTask;
}
