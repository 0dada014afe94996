using System.Collections.Concurrent;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>A plan in which nothing goes wrong, and every call of the port is noted: its operation and its store.</summary>
internal sealed class CallLog : IFaultPlan
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>The calls since the last time.</summary>
    public string[] Take()
    {
        var taken = new List<string>();
        while (_calls.TryDequeue(out var call))
        {
            taken.Add(call);
        }

        return [.. taken];
    }

    /// <inheritdoc/>
    public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
    {
        _calls.Enqueue($"{call.Operation} {call.Store}");
        return ValueTask.CompletedTask;
    }
}
