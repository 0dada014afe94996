using TimeTagger.Configuration;

namespace TimeTagger.Api.Telemetry;

/// <summary>Where telemetry is sent to, as the variables say which every program with OpenTelemetry knows.</summary>
/// <param name="AzureMonitor">The connection string of Application Insights; null where it gets nothing.</param>
/// <param name="Traces">Who gets the traces by OTLP; null for nobody, as for the next two.</param>
/// <param name="Logs">Who gets the logs.</param>
/// <param name="Metrics">Who gets the metrics.</param>
/// <param name="Sampling">Which traces are sent; null leaves it to the exporters.</param>
/// <remarks>It names no type of the packages, so that a program which sends nothing does not even load them.</remarks>
internal sealed record TelemetryTargets(
    string? AzureMonitor,
    OtlpTarget? Traces,
    OtlpTarget? Logs,
    OtlpTarget? Metrics,
    TraceSampling? Sampling
)
{
    /// <summary>Whether anybody gets the traces.</summary>
    internal bool HasTraces => AzureMonitor is not null || Traces is not null;

    /// <summary>Whether anybody gets the logs.</summary>
    internal bool HasLogs => AzureMonitor is not null || Logs is not null;

    /// <summary>Whether anybody gets the metrics.</summary>
    internal bool HasMetrics => AzureMonitor is not null || Metrics is not null;

    private const string Prefix = "OTEL_";
    private const string Disabled = Prefix + "SDK_DISABLED";

    /// <summary>The variables that are about telemetry.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> Own(
        IEnumerable<string> variables,
        Func<string, string?> variable
    ) =>
        variables
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name, variable(name)));

    /// <summary>What the variables come to; null where nothing is sent anywhere.</summary>
    /// <exception cref="ConfigurationException">One is malformed; its value is not told, for it may hold a secret.</exception>
    internal static TelemetryTargets? From(Func<string, string?> variable)
    {
        if (string.Equals(Given(Disabled), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var azureMonitor = Given(AzureMonitorConnection.Variable);
        AzureMonitorConnection.Check(azureMonitor);
        var targets = new TelemetryTargets(
            azureMonitor,
            OtlpTarget.From("TRACES", Given),
            OtlpTarget.From("LOGS", Given),
            OtlpTarget.From("METRICS", Given),
            TraceSampling.From(Given, hasAzureMonitor: azureMonitor is not null)
        );
        return targets.HasTraces || targets.HasLogs || targets.HasMetrics ? targets : null;

        string? Given(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;
    }
}
