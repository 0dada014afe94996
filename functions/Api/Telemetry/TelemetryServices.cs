using System.Diagnostics;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TimeTagger.Api.Telemetry;

/// <summary>Collects traces, logs and metrics and sends them, without anything that belongs to a person.</summary>
internal static class TelemetryServices
{
    private const string Service = "TimeTagger";

    // Of Microsoft.Azure.Functions.Worker: the spans of functions.
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    // .NET's own: memory, garbage, exceptions, threads.
    private const string RuntimeMeter = "System.Runtime";

    internal static void AddTo(
        IHostApplicationBuilder builder,
        ApiHost host,
        TelemetryTargets targets,
        IEnumerable<KeyValuePair<string, string?>> variables
    )
    {
        // The packages read the variables by way of the configuration, which has none on one machine.
        builder.Configuration.AddInMemoryCollection(variables);

        // What callers send as baggage is theirs: only their trace goes on to the storage.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        var telemetry = builder.Services.AddOpenTelemetry();
        if (host == ApiHost.OneMachine || !targets.HasLogs)
        {
            // Else the worker's package says who it is.
            telemetry.ConfigureResource(resource => resource.AddService(Service).AddEnvironmentVariableDetector());
        }

        if (targets.HasTraces)
        {
            telemetry.WithTracing(traces => Trace(traces, host, targets));
        }

        if (targets.HasMetrics)
        {
            telemetry.WithMetrics(metrics => Measure(metrics, host, targets));
        }

        if (targets.HasLogs)
        {
            telemetry.WithLogging(logs => Log(logs, targets), options => options.IncludeFormattedMessage = true);
        }
    }

    // Under a Functions host the request's span is the host's, and the function's comes from the worker's package.
    private static void Trace(TracerProviderBuilder traces, ApiHost host, TelemetryTargets targets)
    {
        if (host == ApiHost.OneMachine)
        {
            traces.AddSource(FunctionRuns.Source).AddAspNetCoreInstrumentation(Configure);
        }
        else
        {
            traces.AddSource(WorkerSource);
        }

        traces
            .AddHttpClientInstrumentation(http =>
            {
                http.FilterHttpRequestMessage = static _ => BelongsToACall(Activity.Current);
                http.EnrichWithHttpResponseMessage = static (span, response) =>
                    StorageAnswer.Tell(span, response.Headers);
            })
            .AddProcessor(new SpanScrubber());
        if (targets.AzureMonitor is { } connection)
        {
            traces.AddAzureMonitorTraceExporter(azure => Configure(azure, connection));
        }

        if (targets.Traces is { } otlp)
        {
            traces.AddOtlpExporter(options => Configure(options, otlp));
        }

        // After the exporters: that of Azure Monitor brings a sampler, which would count.
        if (targets.Sampling is { } sampling)
        {
            traces.SetSampler(SamplerOf(sampling));
        }
    }

    private static void Measure(MeterProviderBuilder metrics, ApiHost host, TelemetryTargets targets)
    {
        metrics.AddMeter(RuntimeMeter).AddHttpClientInstrumentation();
        if (host == ApiHost.OneMachine)
        {
            metrics.AddAspNetCoreInstrumentation();
        }

        if (targets.AzureMonitor is { } connection)
        {
            metrics.AddAzureMonitorMetricExporter(azure => Configure(azure, connection));
        }

        if (targets.Metrics is { } otlp)
        {
            metrics.AddOtlpExporter(options => Configure(options, otlp));
        }
    }

    private static void Log(LoggerProviderBuilder logs, TelemetryTargets targets)
    {
        logs.AddProcessor(new LogScrubber());
        if (targets.AzureMonitor is { } connection)
        {
            logs.AddAzureMonitorLogExporter(azure => Configure(azure, connection));
        }

        if (targets.Logs is { } otlp)
        {
            logs.AddOtlpExporter(options => Configure(options, otlp));
        }
    }

    private static void Configure(AspNetCoreTraceInstrumentationOptions requests)
    {
        requests.Filter = static context => TimeTaggerApi.Owns(context.Request.Path);
        requests.EnableAspNetCoreSignalRSupport = false;
        requests.EnableRazorComponentsSupport = false;
    }

    private static void Configure(AzureMonitorExporterOptions azure, string connection)
    {
        azure.ConnectionString = connection;
        azure.DisableOfflineStorage = true; // it would be files of ours, on disks that go with the instance
        azure.EnableLiveMetrics = false; // not by way of the scrubbers
    }

    private static void Configure(OtlpExporterOptions options, OtlpTarget otlp)
    {
        options.Endpoint = otlp.Endpoint;
        options.Protocol = otlp.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Headers = otlp.Headers;
        options.Compression = otlp.IsCompressed ? OtlpExportCompression.GZip : OtlpExportCompression.None;
        if (otlp.Timeout is { } timeout)
        {
            options.TimeoutMilliseconds = (int)timeout.TotalMilliseconds;
        }
    }

    // What is asked without a call (a queue that is looked at again and again, the worker's connection to its host) tells nothing.
    private static bool BelongsToACall(Activity? request) => request is { Parent: not null };

    private static Sampler SamplerOf(TraceSampling sampling)
    {
        Sampler sampler = new TraceIdRatioBasedSampler(sampling.Ratio);
        return sampling.FollowsParent ? new ParentBasedSampler(sampler) : sampler;
    }
}
