using Microsoft.AspNetCore.Server.Kestrel.Core;
using TimeTagger.Api.Functions;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Operating;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Telemetry;
using TimeTagger.Configuration;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api;

/// <summary>What stands before the API.</summary>
public enum ApiHost
{
    /// <summary>Nothing: its own server on one machine. The peer of a call is who calls.</summary>
    OneMachine,

    /// <summary>The Azure Functions host, which is the peer of every call, and sets queue and timer functions off.</summary>
    Functions,
}

/// <summary>The one way in: how a program that has a web server mounts the API.</summary>
public static class TimeTaggerApi
{
    /// <summary>Registers all that the API is made of; on one machine also what empties its queues and sweeps.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="host">What stands before it.</param>
    /// <param name="settings">What counts for this start.</param>
    /// <param name="variable">The value of an environment variable, or null: what Azure itself says.</param>
    /// <exception cref="ConfigurationException">A setting cannot be used here.</exception>
    public static IServiceCollection AddTimeTaggerApi(
        this IServiceCollection services,
        ApiHost host,
        SettingValues settings,
        Func<string, string?> variable
    ) => services.AddApi(ApiOptions.From(host, settings, variable), new FunctionSwitches(variable));

    /// <summary>The least level that the settings say, and nothing of the framework's that could hold a query.</summary>
    public static ILoggingBuilder AddTimeTaggerApi(this ILoggingBuilder logging, SettingValues settings) =>
        ApiLogging.AddTo(logging, settings);

    /// <summary>Sends traces, logs and metrics to whom the environment names; to nobody, and at no cost, where it names nobody.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="host">What stands before it.</param>
    /// <param name="variables">The names of the environment's variables.</param>
    /// <param name="variable">The value of one of them, or null.</param>
    /// <returns>
    /// Whether anybody gets the logs. A Functions host leaves them to a worker that says so, and else takes care of them.
    /// </returns>
    /// <exception cref="ConfigurationException">A variable is malformed.</exception>
    public static bool AddTimeTaggerTelemetry(
        this IHostApplicationBuilder builder,
        ApiHost host,
        IEnumerable<string> variables,
        Func<string, string?> variable
    )
    {
        if (TelemetryTargets.From(variable) is not { } targets)
        {
            return false;
        }

        TelemetryServices.AddTo(builder, host, targets, TelemetryTargets.Own(variables, variable));
        return targets.HasLogs;
    }

    /// <summary>What the API needs of the server: its limit for bodies, and silence about what it is.</summary>
    public static void ConfigureTimeTaggerApi(this KestrelServerOptions kestrel)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyReader.MaxDrainedBytes;
    }

    /// <summary>Opens the store, and says in the log what looks wrong with the settings. Asks nothing of a store in Azure.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="variables">The names of the environment's variables.</param>
    /// <param name="variable">The value of one of them.</param>
    /// <exception cref="Exception">One that <see cref="IsForThePerson"/>: something about this machine prevents it.</exception>
    public static void OpenTimeTaggerApi(
        this IServiceProvider services,
        IEnumerable<string> variables,
        Func<string, string?> variable
    )
    {
        services.GetRequiredService<StorageAccount>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TimeTaggerApi));
        StartLog.WarnOfUnknownVariables(log, variables);
        HostQueues.WarnWhereTheyAreOthers(log, services.GetRequiredService<ApiOptions>(), variable);
    }

    /// <summary>Whether a path is the API's: <c>/api</c> with everything below it, and <c>/status</c>.</summary>
    public static bool Owns(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path == "/status";

    /// <summary>Answers a call.</summary>
    public static Task AnswerTimeTaggerApiAsync(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.RequestServices.GetRequiredService<ApiPipeline>().AnswerAsync(context);
    }

    /// <summary>Whether an exception's message is a sentence for whoever starts the program, rather than a defect.</summary>
    public static bool IsForThePerson(Exception exception) =>
        exception
            is ConfigurationException
                or InvalidDataException
                or StorageUnavailableException
                or NewerFormatException
                or MemoryFullException
                or IOException
                or System.Net.Sockets.SocketException
                or UnauthorizedAccessException;

    /// <summary>The operator's verb that a command line begins with; null where there is none.</summary>
    public static OperatorCommand? FindCommand(IReadOnlyList<string> args) => OperatorCommands.Find(args);
}
