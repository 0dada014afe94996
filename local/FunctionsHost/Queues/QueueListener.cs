using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Logs;

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
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly QueueClient _queue = new(function.Connection, function.Queue);
    private readonly List<Task> _running = [];

    /// <summary>Listens until it is stopped, and until what runs then has ended.</summary>
    public async Task ListenAsync(CancellationToken stopping)
    {
        try
        {
            await FetchAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(_running);
        }
    }

    private async Task FetchAsync(CancellationToken stopping)
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

            var messages = await ReceiveAsync();
            _running.AddRange(messages.Select(ProcessAsync));
            pause = messages.Length > 0 ? ShortestPause : Least(pause * 2, options.MaxPollingInterval);
            await Task.Delay(pause, time, stopping);
        }
    }

    // Not cancelled: what the service has given away by then would be nobody's for as long as its lease.
    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            return (await _queue.ReceiveMessagesAsync(options.BatchSize, Lease.Length)).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return []; // Perhaps somebody makes it.
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            log.Write($"{function.Name}: the queue cannot be read: {ReasonOf(e)}");
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        try
        {
            if (message.DequeueCount > options.MaxDequeueCount || ContentOf(message) is not { } content)
            {
                await PoisonAsync(message, message.PopReceipt);
                return;
            }

            var running = CallAsync(message, content);
            var receipt = await new Lease(message.PopReceipt, RenewAsync, time).HoldAsync(running);
            if (await running == Outcome.Succeeded)
            {
                await _queue.DeleteMessageAsync(message.MessageId, receipt);
            }
            else if (message.DequeueCount >= options.MaxDequeueCount)
            {
                await PoisonAsync(message, receipt);
            }
            else if (!IsPoison)
            {
                await _queue.UpdateMessageAsync(
                    message.MessageId,
                    receipt,
                    visibilityTimeout: options.VisibilityTimeout
                );
            }
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            log.Write($"{function.Name}: the queue refused a call: {ReasonOf(e)}");
        }

        async Task<string> RenewAsync(string receipt) =>
            (await _queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: Lease.Length))
                .Value
                .PopReceipt;
    }

    private Task<Outcome> CallAsync(QueueMessage message, BinaryData content)
    {
        var reason = $"New queue message detected on '{function.Queue}'.";
        var invocation = Invocation.Of(function, reason, time.GetUtcNow());
        QueueValues.Add(invocation.Request, function, message, content);
        return invoker.InvokeAsync(invocation, meanwhile: null, CancellationToken.None);
    }

    // A poison queue has none of its own: what fails there stays unseen for the rest of the lease.
    private bool IsPoison => function.Queue.EndsWith(PoisonSuffix, StringComparison.Ordinal);

    private async Task PoisonAsync(QueueMessage message, string receipt)
    {
        if (IsPoison)
        {
            return;
        }

        var poison = new QueueClient(function.Connection, function.Queue + PoisonSuffix);
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(message.Body);
        await _queue.DeleteMessageAsync(message.MessageId, receipt);
        log.Write($"{function.Name}: Message has reached MaxDequeueCount; moved to {poison.Name}");
    }

    private BinaryData? ContentOf(QueueMessage message)
    {
        if (!options.IsBase64)
        {
            return message.Body;
        }

        var text = message.Body.ToString();
        var content = new byte[text.Length];
        return Convert.TryFromBase64String(text, content, out var length)
            ? new BinaryData(content.AsMemory(0, length))
            : null;
    }

    private static string ReasonOf(Exception e) => (e as RequestFailedException)?.ErrorCode ?? e.Message;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
