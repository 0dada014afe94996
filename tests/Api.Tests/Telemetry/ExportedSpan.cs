namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>A span as OTLP tells it.</summary>
/// <param name="TraceId">The trace's id, hexadecimal.</param>
/// <param name="ParentId">The parent's id, hexadecimal; empty for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">1 within the process, 2 of a server, 3 of a client.</param>
/// <param name="Tags">Its attributes.</param>
internal sealed record ExportedSpan(
    string TraceId,
    string ParentId,
    string Name,
    int Kind,
    IReadOnlyDictionary<string, string> Tags
)
{
    internal const int Internal = 1;
    internal const int Server = 2;
    internal const int Client = 3;

    /// <summary>The spans in an <c>ExportTraceServiceRequest</c>.</summary>
    internal static IEnumerable<ExportedSpan> In(byte[] message) =>
        from resource in ProtobufFields.Of(message).Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select Of(span);

    private static ExportedSpan Of(ProtobufFields span) =>
        new(
            Hex(span.Bytes(1)),
            Hex(span.Bytes(4)),
            span.Text(5),
            (int)span.Number(6),
            span.Messages(9)
                .ToDictionary(tag => tag.Text(1), tag => ValueOf(tag.Messages(2).Single()), StringComparer.Ordinal)
        );

    private static string ValueOf(ProtobufFields value) =>
        value.Text(1) is { Length: > 0 } text ? text : $"{value.Number(3)}";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
