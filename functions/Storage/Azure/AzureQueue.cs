using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using TimeTagger.Storage.Port;
using QueueMessage = TimeTagger.Storage.Port.QueueMessage;

namespace TimeTagger.Storage.Azure;

/// <summary>The messages of one queue of Azure Queue Storage.</summary>
/// <remarks>The text is sent as it is: a Functions trigger on the queue needs <c>messageEncoding: none</c>.</remarks>
internal sealed class AzureQueue(QueueClient queue, StorageTarget target, StorageCalls calls) : IQueue
{
    // Azure counts in seconds; -1 is for ever.
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    /// <inheritdoc/>
    public Task SendAsync(string body, TimeSpan delay, CancellationToken cancellation) =>
        calls.RunAsync(
            target,
            "send",
            token => queue.SendMessageAsync(body, InSeconds(delay), NeverExpires, token),
            cancellation
        );

    /// <inheritdoc/>
    public Task<QueueMessage?> ReceiveAsync(TimeSpan hidden, CancellationToken cancellation) =>
        calls.RunAsync<QueueMessage?>(
            target,
            "receive",
            async token =>
            {
                var message = (await queue.ReceiveMessageAsync(InSeconds(hidden), token)).Value;
                return message is null
                    ? null
                    : new QueueMessage(
                        message.MessageId,
                        message.PopReceipt,
                        message.MessageText,
                        (int)message.DequeueCount
                    );
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellation) =>
        calls.RunAsync(
            target,
            "delete",
            async token =>
            {
                try
                {
                    await queue.DeleteMessageAsync(message.Id, message.Receipt, token);
                    return true;
                }
                catch (RequestFailedException e) when (IsTaken(e))
                {
                    return false;
                }
            },
            cancellation
        );

    private static bool IsTaken(RequestFailedException e) =>
        e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch;

    private static TimeSpan InSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
}
