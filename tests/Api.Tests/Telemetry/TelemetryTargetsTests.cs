using TimeTagger.Api.Telemetry;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>Where telemetry is sent to, as the variables say it.</summary>
public sealed class TelemetryTargetsTests
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Key = "InstrumentationKey=00000000-1111-2222-3333-444444444444";

    [Fact]
    public void From_NoVariable_SendsNothing()
    {
        Assert.Null(From());
        Assert.Null(From((Endpoint, " "), (Connection, "")));
        Assert.Null(From(("OTEL_SERVICE_NAME", "a"), ("OTEL_TRACES_SAMPLER", "always_on")));
        Assert.Null(From((Endpoint, "http://a:4317"), (Connection, Key), ("OTEL_SDK_DISABLED", "True")));
    }

    [Fact]
    public void From_TheGeneralEndpoint_SendsAllThree()
    {
        var grpc = From((Endpoint, "http://a:4317"))!;
        var http = From((Endpoint, "https://a/b/"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"))!;

        Assert.Null(grpc.AzureMonitor);
        Assert.All([grpc.Traces, grpc.Logs, grpc.Metrics], target => Assert.True(target!.IsGrpc));
        Assert.Equal("http://a:4317/", grpc.Logs!.Endpoint.AbsoluteUri);
        Assert.Equal("https://a/b/v1/traces", http.Traces!.Endpoint.AbsoluteUri);
        Assert.Equal("https://a/b/v1/logs", http.Logs!.Endpoint.AbsoluteUri);
        Assert.Equal("https://a/b/v1/metrics", http.Metrics!.Endpoint.AbsoluteUri);
    }

    [Fact]
    public void From_AnEndpointOfOneKind_SendsThatKindThereAsItIs()
    {
        var targets = From(
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://a/own"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=b,c=d"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1500")
        )!;

        var expected = new OtlpTarget(new Uri("https://a/own"), false, "a=b,c=d", TimeSpan.FromSeconds(1.5), true);
        Assert.Equal(expected, targets.Traces);
        Assert.Null(targets.Logs);
        Assert.Null(targets.Metrics);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("parentbased_traceidratio", "0.25", "TraceSampling { Ratio = 0.25, FollowsParent = True }")]
    [InlineData("TraceIdRatio", "1", "TraceSampling { Ratio = 1, FollowsParent = False }")]
    [InlineData("always_off", null, "TraceSampling { Ratio = 0, FollowsParent = False }")]
    [InlineData("parentbased_always_on", null, "TraceSampling { Ratio = 1, FollowsParent = True }")]
    [InlineData("microsoft.rate_limited", "1", null)]
    public void From_ASampler_IsThat(string? name, string? argument, string? expected)
    {
        var targets = From((Connection, Key), ("OTEL_TRACES_SAMPLER", name), ("OTEL_TRACES_SAMPLER_ARG", argument))!;

        Assert.Equal(expected, targets.Sampling?.ToString());
    }

    [Theory]
    [InlineData(Connection, "secret")]
    [InlineData(Connection, "InstrumentationKey=secret")]
    [InlineData(Connection, "IngestionEndpoint=https://secret/")]
    [InlineData(Connection, Key + ";IngestionEndpoint=secret")]
    [InlineData(Connection, Key + ";IngestionEndpoint=http://secret/")]
    [InlineData(Connection, Key + ";LiveEndpoint=secret")]
    [InlineData(Connection, Key + ";" + Key)]
    [InlineData(Endpoint, "secret:4317")]
    [InlineData(Endpoint, "/secret")]
    [InlineData(Endpoint, "ftp://secret/")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "secret")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "secret")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "secret")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "secret")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "0")]
    [InlineData("OTEL_TRACES_SAMPLER", "secret")]
    [InlineData("OTEL_TRACES_SAMPLER", "microsoft.rate_limited")] // without Azure Monitor
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1.5")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "NaN")]
    public void From_AMalformedVariable_NamesItAndDoesNotRepeatIt(string name, string value)
    {
        var mistake = Assert.Throws<ConfigurationException>(() =>
            From((name, value), (Endpoint, "http://a:4317"), ("OTEL_TRACES_SAMPLER", "traceidratio"))
        );

        Assert.StartsWith($"{name}: ", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Connection, "InstrumentationKey=secret")]
    [InlineData(Endpoint, "secret")]
    public async Task Start_WithAMalformedVariable_EndsWithOneSentence(string name, string value)
    {
        using var data = new DataFolder();
        await using var server = ServerProcess.Launch(ServerProcess.FreePort(), data.Path, (name, value));

        Assert.NotEqual(0, await server.ExitCodeAsync());
        var line = Assert.Single(server.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{name}: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", server.Output + server.Error, StringComparison.Ordinal);
    }

    // The first of two that say something of a variable counts.
    private static TelemetryTargets? From(params (string Name, string? Value)[] variables) =>
        TelemetryTargets.From(name => Array.Find(variables, variable => variable.Name == name).Value);
}
