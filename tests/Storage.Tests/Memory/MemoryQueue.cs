using System.Globalization;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>A queue in memory.</summary>
internal sealed class MemoryQueue(TimeProvider clock) : IQueue
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset Visible, QueueMessage Message)> _messages = [];
    private long _names;

    /// <inheritdoc/>
    public Task SendAsync(string body, TimeSpan delay, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            _messages.Add((clock.GetUtcNow() + delay, new QueueMessage(NextName(), "", body, 0)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<QueueMessage?> ReceiveAsync(TimeSpan hidden, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var index = _messages.FindIndex(entry => entry.Visible <= now);
            if (index < 0)
                return Task.FromResult<QueueMessage?>(null);
            var waiting = _messages[index].Message;
            var taken = waiting with { Receipt = NextName(), DequeueCount = waiting.DequeueCount + 1 };
            _messages[index] = (now + hidden, taken);
            return Task.FromResult<QueueMessage?>(taken);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var removed = _messages.RemoveAll(entry =>
                entry.Message.Id == message.Id && entry.Message.Receipt == message.Receipt
            );
            return Task.FromResult(removed > 0);
        }
    }

    private string NextName() => (++_names).ToString(CultureInfo.InvariantCulture);
}
