using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;

namespace TimeTagger.Api.Maintenance;

/// <summary>Maintains the journal of one account: the message is the account's key.</summary>
internal sealed partial class MaintenanceFunction(AccountMaintenance maintenance, ILogger<MaintenanceFunction> logger)
    : IQueueTriggered
{
    /// <inheritdoc/>
    public string Function => "Maintenance";

    /// <inheritdoc/>
    public async Task RunAsync(string message, CancellationToken cancellation)
    {
        AccountKey account;
        try
        {
            account = AccountKey.Parse(message);
        }
        catch (FormatException)
        {
            LogNoAccount(); // It would be none the next time either.
            return;
        }

        await maintenance.TakeSnapshotAsync(account, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of the queue for maintenance names no account")]
    private partial void LogNoAccount();
}
