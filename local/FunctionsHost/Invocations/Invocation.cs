using System.Diagnostics;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Rpc.Messages;

namespace TimeTagger.FunctionsHost.Invocations;

/// <summary>A call of a function, about to be made.</summary>
/// <param name="Function">Which.</param>
/// <param name="Reason">Why, for the log.</param>
/// <param name="Request">What the worker is told; its function's id is still missing.</param>
internal sealed record Invocation(Function Function, string Reason, InvocationRequest Request)
{
    /// <summary>The id by which everybody knows the call.</summary>
    public string Id => Request.InvocationId;

    /// <param name="function">Which.</param>
    /// <param name="reason">Why, for the log.</param>
    /// <param name="now">The time.</param>
    public static Invocation Of(Function function, string reason, DateTimeOffset now) =>
        new(
            function,
            reason,
            new InvocationRequest
            {
                InvocationId = Guid.NewGuid().ToString(),
                TraceContext = new RpcTraceContext(),
                TriggerMetadata = { ["sys"] = TypedValues.Sys(function.Name, now) },
            }
        );

    /// <summary>
    /// Goes on with the trace of whoever called, in a span of the host; where nobody traces, a new trace begins.
    /// </summary>
    public void Trace(string? parent, string? state)
    {
        var isTraced = ActivityContext.TryParse(parent, state, out var context);
        var trace = isTraced ? context.TraceId : ActivityTraceId.CreateRandom();
        var flags = isTraced ? context.TraceFlags : ActivityTraceFlags.Recorded;
        Request.TraceContext = new RpcTraceContext
        {
            TraceParent = $"00-{trace}-{ActivitySpanId.CreateRandom()}-{(int)flags:x2}",
            TraceState = isTraced ? state ?? "" : "",
        };
    }
}

/// <summary>What became of a call.</summary>
internal enum Outcome
{
    /// <summary>The function has done its work.</summary>
    Succeeded,

    /// <summary>The function has failed.</summary>
    Failed,

    /// <summary>The host did not wait any longer; the function may still run.</summary>
    TimedOut,
}

/// <summary>A function has failed; the message says how.</summary>
internal sealed class InvocationException(string how) : Exception(how);
