namespace TimeTagger.Storage.Port;

/// <summary>A queue whose messages are delivered at least once and in no promised order.</summary>
/// <remarks>Any call may throw <see cref="StorageUnavailableException"/>; a write that threw may still have happened.</remarks>
public interface IQueue
{
    /// <summary>Adds a message, to be seen after <paramref name="delay"/>.</summary>
    /// <param name="body">The message, at most 48 KiB as UTF-8.</param>
    /// <param name="delay">How long it stays unseen, 0 to 7 days; a part of a second may be rounded up.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task SendAsync(string body, TimeSpan delay, CancellationToken cancellation);

    /// <summary>
    /// Takes a message and hides it from others for <paramref name="hidden"/>; null when none is to be seen.
    /// One that is not deleted in that time is seen again. Between 1 second and 7 days.
    /// </summary>
    Task<QueueMessage?> ReceiveAsync(TimeSpan hidden, CancellationToken cancellation);

    /// <summary>Removes a received message. False when another receiver has taken it since.</summary>
    Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellation);
}

/// <summary>A message as it was received.</summary>
/// <param name="Id">The message's own name.</param>
/// <param name="Receipt">What proves that it is still ours.</param>
/// <param name="Body">What was sent.</param>
/// <param name="DequeueCount">How often it has been received, this time included.</param>
public sealed record QueueMessage(string Id, string Receipt, string Body, int DequeueCount);
