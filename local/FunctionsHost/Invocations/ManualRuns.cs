using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Queues;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>Functions that somebody sets off by hand.</summary>
internal sealed class ManualRuns(Invoker invoker, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Begins to run a function, whatever comes of it.</summary>
    /// <param name="function">Which.</param>
    /// <param name="input">The message for a queue's function; for a timer's, something beside its payload.</param>
    /// <returns>Whether it is one that can be run so.</returns>
    public bool Begin(Function function, string input)
    {
        if (PayloadOf(function, input) is not { } payload)
        {
            return false;
        }

        _ = invoker.InvokeAsync(function, payload, CancellationToken.None);
        return true;
    }

    private JsonObject? PayloadOf(Function function, string input)
    {
        var now = time.GetUtcNow();
        switch (function)
        {
            case QueueFunction queue:
                var message = QueuesModelFactory.QueueMessage(
                    Guid.NewGuid().ToString(),
                    popReceipt: Guid.NewGuid().ToString(),
                    messageText: input,
                    dequeueCount: 0,
                    insertedOn: now,
                    expiresOn: now + Lifetime
                );
                return QueuePayload.Of(queue, message, Encoding.UTF8.GetBytes(input), now);
            case TimerFunction timer:
                var payload = TimerPayload.Of(timer, status: null, isPastDue: false, now);
                payload["Metadata"]![timer.Trigger] = PayloadValues.Text(input);
                return payload;
            default:
                return null;
        }
    }
}
