using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Webhooks;

namespace TimeTagger.Api.Webhooks;

/// <summary>
/// Set off when an account has changes to deliver: the message is the account's key. No account can have subscriptions yet,
/// so there is nothing to do but to see that it has none.
/// </summary>
internal sealed partial class WebhooksFunction(Subscriptions subscriptions, ILogger<WebhooksFunction> logger)
    : IQueueTriggered
{
    internal const string Name = "Webhooks";

    /// <inheritdoc/>
    string IQueueTriggered.Function => Name;

    /// <inheritdoc/>
    [Function(Name)]
    public async Task RunAsync([QueueTrigger("webhooks")] string message, CancellationToken cancellation)
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

        await subscriptions.ExpectNoneAsync(account, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of the queue for webhooks names no account")]
    private partial void LogNoAccount();
}
