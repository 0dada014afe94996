using System.Diagnostics;

namespace TimeTagger.Api.Telemetry;

/// <summary>The spans of what queues and the clock set off on one machine; under a Functions host the worker's package has them.</summary>
internal static class FunctionRuns
{
    internal const string Source = "TimeTagger.Functions";

    private static readonly ActivitySource Spans = new(Source);

    /// <summary>Begins the span of a function's run; null where nobody listens.</summary>
    internal static Activity? Begin(string function) =>
        Spans.StartActivity($"function {function}", ActivityKind.Internal)?.SetTag("faas.name", function);
}
