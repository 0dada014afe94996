using System.Globalization;
using TimeTagger.Api.Accounts;

namespace TimeTagger.Api.Hosting;

/// <summary>What the handler is told at its start, by the environment alone: the Functions host passes no arguments.</summary>
/// <param name="Port">The loopback port to listen on.</param>
/// <param name="DataDirectory">Where the embedded store lies.</param>
/// <param name="Bind">The public address of the front, which decides whether anybody is on this machine.</param>
/// <param name="Credentials">User names and their bcrypt hashes.</param>
/// <param name="LogLevel">The least severe messages to write.</param>
/// <param name="MemoryBytes">The memory budget: cached accounts, loads and bodies of requests.</param>
/// <param name="StopWithStdin">Whether the end of standard input stops the handler, so that it never outlives its front.</param>
/// <param name="InAzure">Whether this is Azure: sign-in methods that trust this machine do not exist there.</param>
internal sealed record HandlerOptions(
    int Port,
    string DataDirectory,
    string Bind,
    IReadOnlyDictionary<string, string> Credentials,
    LogLevel LogLevel,
    long MemoryBytes,
    bool StopWithStdin,
    bool InAzure
)
{
    /// <summary>Reads the environment.</summary>
    /// <exception cref="FormatException">A value is missing or malformed; the message names it.</exception>
    internal static HandlerOptions From(Func<string, string?> variable)
    {
        var port =
            variable("FUNCTIONS_CUSTOMHANDLER_PORT")
            ?? throw new FormatException(
                "FUNCTIONS_CUSTOMHANDLER_PORT is not set. To run everything on this machine: dotnet run --project local"
            );
        return new HandlerOptions(
            ParsePort(port),
            ParseDataDirectory(variable("TIMETAGGER_DATADIR") ?? DefaultDataDirectory()),
            variable("TIMETAGGER_BIND") ?? "127.0.0.1:8080",
            PasswordSignIn.ParseCredentials(variable("TIMETAGGER_CREDENTIALS") ?? ""),
            ParseLogLevel(variable("TIMETAGGER_LOG_LEVEL") ?? "info"),
            DefaultMemory(),
            variable("TIMETAGGER_STOP_WITH_STDIN") is "true" or "yes" or "on" or "1",
            variable("WEBSITE_SITE_NAME") is not null || variable("WEBSITE_INSTANCE_ID") is not null
        );
    }

    private static string DefaultDataDirectory() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "_timetagger");

    // A quarter of what the process may have at all; the rest is for answers, the runtime and garbage.
    private static long DefaultMemory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    private static string ParseDataDirectory(string path) =>
        string.IsNullOrWhiteSpace(path)
            ? throw new FormatException("TIMETAGGER_DATADIR is empty: name a folder, or do not set it.")
            : path;

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new FormatException($"FUNCTIONS_CUSTOMHANDLER_PORT must be a port number, not '{text}'.");

    private static LogLevel ParseLogLevel(string text) =>
        text switch
        {
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => throw new FormatException(
                $"TIMETAGGER_LOG_LEVEL must be debug, info, warning or error, not '{text}'."
            ),
        };
}
