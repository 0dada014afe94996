namespace TimeTagger.Storage.Port;

/// <summary>Holds any queue to <see cref="QueueLimits"/>.</summary>
internal sealed class LimitedQueue(IQueue inner) : IQueue
{
    /// <inheritdoc/>
    public Task SendAsync(string body, TimeSpan delay, CancellationToken cancellation)
    {
        QueueLimits.CheckBody(body);
        QueueLimits.CheckDelay(delay);
        return inner.SendAsync(body, delay, cancellation);
    }

    /// <inheritdoc/>
    public Task<QueueMessage?> ReceiveAsync(TimeSpan hidden, CancellationToken cancellation)
    {
        QueueLimits.CheckHidden(hidden);
        return inner.ReceiveAsync(hidden, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellation) =>
        inner.DeleteAsync(message, cancellation);
}
