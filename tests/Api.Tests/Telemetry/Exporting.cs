namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>The variables that send telemetry to a collector, soon rather than in bulk.</summary>
internal static class Exporting
{
    internal const string AzureMonitor = "Azure Monitor";

    /// <param name="way">A protocol of OTLP, or <see cref="AzureMonitor"/>.</param>
    /// <param name="collector">Where to.</param>
    internal static IEnumerable<(string Name, string? Value)> By(string way, Collector collector) =>
        way == AzureMonitor
            ?
            [
                (
                    "APPLICATIONINSIGHTS_CONNECTION_STRING",
                    $"InstrumentationKey=00000000-1111-2222-3333-444444444444;IngestionEndpoint={collector.Address}/"
                ),
                ("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true"), // it would be sent to Microsoft
                ("OTEL_TRACES_SAMPLER", "microsoft.fixed_percentage"),
                ("OTEL_TRACES_SAMPLER_ARG", "1"),
            ]
            :
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", way),
                ("OTEL_BSP_SCHEDULE_DELAY", "100"),
                ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ];
}
