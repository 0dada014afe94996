using Azure.Storage.Queues.Models;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Queues;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>Functions that somebody sets off by hand.</summary>
internal sealed class ManualRuns(Invoker invoker, TimeProvider time)
{
    private const string Reason = "This function was programmatically called via the host APIs.";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Begins to run a function, whatever comes of it.</summary>
    /// <param name="function">Which.</param>
    /// <param name="input">The message for a queue's function; for a timer's, something beside what it is told.</param>
    /// <returns>Whether it is one that can be run so.</returns>
    public bool Begin(Function function, string input)
    {
        var invocation = Invocation.Of(function, Reason, time.GetUtcNow());
        switch (function)
        {
            case QueueFunction queue:
                QueueValues.Add(invocation.Request, queue, Message(input), BinaryData.FromString(input));
                break;
            case TimerFunction timer:
                invocation.Request.InputData.Add(TimerValues.Of(timer, status: null, isPastDue: false));
                invocation.Request.TriggerMetadata[timer.Trigger.Name] = TypedValues.Text(input);
                break;
            default:
                return false;
        }

        _ = invoker.InvokeAsync(invocation, meanwhile: null, CancellationToken.None);
        return true;
    }

    private QueueMessage Message(string text)
    {
        var now = time.GetUtcNow();
        return QueuesModelFactory.QueueMessage(
            Guid.NewGuid().ToString(),
            popReceipt: Guid.NewGuid().ToString(),
            messageText: text,
            dequeueCount: 0,
            insertedOn: now,
            expiresOn: now + Lifetime
        );
    }
}
