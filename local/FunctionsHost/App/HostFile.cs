using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TimeTagger.FunctionsHost.App;

/// <summary>What host.json says, where no variable <c>AzureFunctionsJobHost__…</c> says otherwise.</summary>
/// <param name="FunctionTimeout">How long a function may run.</param>
/// <param name="RoutePrefix">What stands before every route, without slashes at its ends.</param>
/// <param name="PassesTracesOn">Whether the trace of a call goes on in the worker: <c>telemetryMode</c> is OpenTelemetry.</param>
/// <param name="Queues">How queues are listened to.</param>
/// <param name="Logging">From which level on lines are written.</param>
internal sealed record HostFile(
    TimeSpan FunctionTimeout,
    string RoutePrefix,
    bool PassesTracesOn,
    QueueOptions Queues,
    IConfiguration Logging
)
{
    private const string Override = "AzureFunctionsJobHost__";

    /// <exception cref="InvalidAppException">The host would not start with it.</exception>
    public static HostFile Read(string root)
    {
        var file = Path.Combine(root, "host.json");
        if (!File.Exists(file))
        {
            throw new InvalidAppException($"{file} is missing.");
        }

        try
        {
            return From(new ConfigurationBuilder().AddJsonFile(file).AddEnvironmentVariables(Override).Build());
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or OverflowException)
        {
            throw new InvalidAppException($"host.json: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }
    }

    private static HostFile From(IConfigurationRoot host) =>
        host["version"] != "2.0"
            ? throw new InvalidAppException($"host.json: version must be 2.0, not '{host["version"]}'.")
            : new HostFile(
                Time(host["functionTimeout"], TimeSpan.FromMinutes(30)),
                (host["extensions:http:routePrefix"] ?? "api").Trim('/'),
                "OpenTelemetry".Equals(host["telemetryMode"], StringComparison.OrdinalIgnoreCase),
                QueuesOf(host.GetSection("extensions:queues")),
                host.GetSection("logging")
            );

    private static QueueOptions QueuesOf(IConfigurationSection queues)
    {
        var batchSize = Number(queues["batchSize"], 16);
        return batchSize is < 1 or > 32
            ? throw new InvalidAppException("host.json: extensions.queues.batchSize must be from 1 to 32.")
            : new QueueOptions(
                batchSize,
                Number(queues["newBatchThreshold"], batchSize / 2 * Environment.ProcessorCount),
                Number(queues["maxDequeueCount"], 5),
                Time(queues["visibilityTimeout"], TimeSpan.Zero),
                Time(queues["maxPollingInterval"], TimeSpan.FromMinutes(1)),
                queues["messageEncoding"]?.ToUpperInvariant() switch
                {
                    null or "BASE64" => true,
                    "NONE" => false,
                    _ => throw new InvalidAppException(
                        $"host.json: extensions.queues.messageEncoding is '{queues["messageEncoding"]}', not base64 or none."
                    ),
                }
            );
    }

    private static int Number(string? text, int otherwise) =>
        text is null ? otherwise : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static TimeSpan Time(string? text, TimeSpan otherwise) =>
        text switch
        {
            null => otherwise,
            "-1" => Timeout.InfiniteTimeSpan,
            _ => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
        };
}
