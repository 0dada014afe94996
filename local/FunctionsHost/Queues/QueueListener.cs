using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Queues;

/// <summary>Listens to a queue: several messages at a time, failed ones again, and at last into the poison queue.</summary>
internal sealed class QueueListener(
    QueueFunction function,
    QueueOptions options,
    Invoker invoker,
    TimeProvider time,
    HostLog log
)
{
    private const string PoisonSuffix = "-poison";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly QueueClient _queue = new(function.Connection, function.Queue);
    private readonly List<Task> _running = [];

    /// <summary>Listens until it is stopped; what still runs then is left to itself.</summary>
    public async Task ListenAsync(CancellationToken stopping)
    {
        var pause = ShortestPause;
        while (true)
        {
            _running.RemoveAll(task => task.IsCompleted);
            if (_running.Count > options.NewBatchThreshold)
            {
                await Task.WhenAny(_running).WaitAsync(stopping);
                continue;
            }

            var messages = await ReceiveAsync(stopping);
            _running.AddRange(messages.Select(message => ProcessAsync(message, stopping)));
            pause = messages.Length > 0 ? ShortestPause : Least(pause * 2, options.MaxPollingInterval);
            await Task.Delay(pause, time, stopping);
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return (await _queue.ReceiveMessagesAsync(options.BatchSize, Lease, stopping)).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return []; // Perhaps somebody makes it.
        }
        catch (RequestFailedException e)
        {
            log.Write($"{function.Name}: the queue cannot be read: {e.ErrorCode ?? e.Message}");
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken stopping)
    {
        try
        {
            if (message.DequeueCount > options.MaxDequeueCount || ContentOf(message) is not { } content)
            {
                await PoisonAsync(message, message.PopReceipt, stopping);
                return;
            }

            var payload = QueuePayload.Of(function, message, content, time.GetUtcNow());
            var running = invoker.InvokeAsync(function, payload, stopping);
            var receipt = await RenewAsync(message, running, stopping);
            if (await running is not null)
            {
                await _queue.DeleteMessageAsync(message.MessageId, receipt, stopping);
            }
            else if (message.DequeueCount >= options.MaxDequeueCount)
            {
                await PoisonAsync(message, receipt, stopping);
            }
            else
            {
                await _queue.UpdateMessageAsync(
                    message.MessageId,
                    receipt,
                    visibilityTimeout: options.VisibilityTimeout,
                    cancellationToken: stopping
                );
            }
        }
        catch (RequestFailedException e)
        {
            log.Write($"{function.Name}: the queue refused a call: {e.ErrorCode ?? e.Message}");
        }
    }

    /// <returns>The receipt that counts once the function has ended.</returns>
    private async Task<string> RenewAsync(QueueMessage message, Task running, CancellationToken stopping)
    {
        var receipt = message.PopReceipt;
        while (await Task.WhenAny(running, Task.Delay(Lease / 2, time, stopping)) != running)
        {
            stopping.ThrowIfCancellationRequested();
            var renewed = await _queue.UpdateMessageAsync(
                message.MessageId,
                receipt,
                visibilityTimeout: Lease,
                cancellationToken: stopping
            );
            receipt = renewed.Value.PopReceipt;
        }

        return receipt;
    }

    private async Task PoisonAsync(QueueMessage message, string receipt, CancellationToken stopping)
    {
        if (function.Queue.EndsWith(PoisonSuffix, StringComparison.Ordinal))
        {
            return; // A poison queue has none of its own: the message stays unseen for the rest of the lease.
        }

        var poison = new QueueClient(function.Connection, function.Queue + PoisonSuffix);
        await poison.CreateIfNotExistsAsync(cancellationToken: stopping);
        await poison.SendMessageAsync(message.MessageText, stopping);
        await _queue.DeleteMessageAsync(message.MessageId, receipt, stopping);
        log.Write($"{function.Name}: Message has reached MaxDequeueCount; moved to {poison.Name}");
    }

    private byte[]? ContentOf(QueueMessage message)
    {
        if (!options.IsBase64)
        {
            return Encoding.UTF8.GetBytes(message.MessageText);
        }

        var content = new byte[message.MessageText.Length];
        return Convert.TryFromBase64String(message.MessageText, content, out var length) ? content[..length] : null;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
