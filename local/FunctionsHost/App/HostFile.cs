using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace TimeTagger.FunctionsHost.App;

/// <summary>What host.json says, where no variable <c>AzureFunctionsJobHost__…</c> says otherwise.</summary>
/// <param name="Executable">The handler, a full path where it lies in the package.</param>
/// <param name="Arguments">Its command line, as one text that nobody quoted.</param>
/// <param name="WorkingDirectory">A full path.</param>
/// <param name="Forwards">Whether calls are sent on, as hosts before 2025 do it.</param>
/// <param name="Proxies">Whether calls are proxied, as newer hosts do it.</param>
/// <param name="InitializationTimeout">How long the handler may take until it answers.</param>
/// <param name="FunctionTimeout">How long a function may run.</param>
/// <param name="RoutePrefix">What stands before every route, without slashes at its ends.</param>
/// <param name="HasExtensionBundle">Whether triggers exist that the host does not have built in.</param>
/// <param name="Queues">How queues are listened to.</param>
/// <param name="Retry">What is done about failures where a function itself says nothing; null for nothing.</param>
internal sealed record HostFile(
    string Executable,
    string Arguments,
    string WorkingDirectory,
    bool Forwards,
    bool Proxies,
    TimeSpan InitializationTimeout,
    TimeSpan FunctionTimeout,
    string RoutePrefix,
    bool HasExtensionBundle,
    QueueOptions Queues,
    RetryPolicy? Retry
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
            return From(new ConfigurationBuilder().AddJsonFile(file).AddEnvironmentVariables(Override).Build(), root);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or JsonException)
        {
            throw new InvalidAppException($"host.json: {e.Message} {e.InnerException?.Message}".TrimEnd());
        }
    }

    private static HostFile From(IConfiguration host, string root)
    {
        if (host["version"] != "2.0")
        {
            throw new InvalidAppException($"host.json: version must be 2.0, not '{host["version"]}'.");
        }

        var handler = host.GetSection("customHandler");
        var description = handler.GetSection("description");
        if (!description.Exists())
        {
            throw new InvalidAppException("host.json: Missing worker Description.");
        }

        var executable = description["defaultExecutablePath"];
        if (string.IsNullOrEmpty(executable))
        {
            throw new InvalidAppException("host.json: customHandler.description.defaultExecutablePath is missing.");
        }

        var bundle = host.GetSection("extensionBundle");
        if (bundle.Exists() && (bundle["id"] is null || bundle["version"] is null))
        {
            throw new InvalidAppException("host.json: extensionBundle needs id and version.");
        }

        var workerFolder = Path.Combine(root, description["workerDirectory"] ?? "");
        var inPackage = Path.Combine(workerFolder, Environment.ExpandEnvironmentVariables(executable));
        return new HostFile(
            File.Exists(inPackage) ? inPackage : executable,
            string.Join(' ', CommandLine(description, workerFolder)),
            Path.Combine(root, description["workingDirectory"] ?? ""),
            IsTrue(handler["enableForwardingHttpRequest"]),
            IsTrue(handler["enableProxyingHttpRequest"]),
            Time(handler["initializationTimeout"], TimeSpan.FromSeconds(30)),
            Time(host["functionTimeout"], TimeSpan.FromMinutes(30)),
            (host["extensions:http:routePrefix"] ?? "api").Trim('/'),
            bundle.Exists(),
            QueuesOf(host.GetSection("extensions:queues")),
            RetryPolicy.From(name => host[$"retry:{name}"])
        );
    }

    // Only the path of the worker is quoted.
    private static IEnumerable<string?> CommandLine(IConfigurationSection description, string workerFolder) =>
        [
            .. List(description.GetSection("arguments")),
            .. description["defaultWorkerPath"] is { Length: > 0 } path
                ? [$"\"{Path.Combine(workerFolder, path)}\""]
                : Array.Empty<string>(),
            .. List(description.GetSection("workerArguments")),
        ];

    // As a setting of the app it is one text, a list in JSON.
    private static IEnumerable<string?> List(IConfigurationSection list) =>
        list.Value is { Length: > 0 } json
            ? JsonSerializer.Deserialize<string[]>(json)!
            : list.GetChildren().Select(item => item.Value);

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
                // What the host takes where it knows that somebody develops; elsewhere it is a minute.
                Time(queues["maxPollingInterval"], TimeSpan.FromSeconds(2)),
                queues["messageEncoding"] switch
                {
                    null or "base64" => true,
                    "none" => false,
                    var other => throw new InvalidAppException(
                        $"host.json: extensions.queues.messageEncoding is '{other}', not base64 or none."
                    ),
                }
            );
    }

    private static bool IsTrue(string? text) => text is not null && bool.Parse(text);

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
