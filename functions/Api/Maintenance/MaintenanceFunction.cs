using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;

namespace TimeTagger.Api.Maintenance;

/// <summary>Maintains the journal of one account: the message is the account's key.</summary>
internal sealed partial class MaintenanceFunction(
    AccountMaintenance maintenance,
    TimeProvider clock,
    ILogger<MaintenanceFunction> logger
) : IQueueTriggered
{
    internal const string Name = "Maintenance";

    /// <inheritdoc/>
    string IQueueTriggered.Function => Name;

    /// <inheritdoc/>
    [Function(Name)]
    public async Task RunAsync([QueueTrigger("maintenance")] string message, CancellationToken cancellation)
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

        using var time = new CancellationTokenSource(TriggeredTime.Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            await maintenance.TakeSnapshotAsync(account, either.Token);
        }
        catch (OperationCanceledException e) when (time.IsCancellationRequested)
        {
            // A failure, so that the message comes again.
            LogTooLong(account.Mark);
            throw new TimeoutException("This took too long; the message comes again.", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of the queue for maintenance names no account")]
    private partial void LogNoAccount();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The account {Mark} took too long to maintain; it is tried again"
    )]
    private partial void LogTooLong(string mark);
}
