namespace TimeTagger.FunctionsHost;

/// <summary>What this emulator is told.</summary>
/// <param name="Package">The folder of the package, a full path.</param>
/// <param name="Port">The loopback port to listen on.</param>
/// <param name="State">A folder that remembers when timers ran, or null to forget it.</param>
/// <param name="StopsWithStdin">Whether the end of standard input stops it.</param>
internal sealed record HostOptions(string Package, int Port, string? State, bool StopsWithStdin)
{
    public const string Help = """
        Runs a package for Azure Functions, an isolated worker, as the Functions host does.

        Usage: TimeTagger.FunctionsHost --package <folder> --port <port> [options]

          --state <folder>      remembers there when timers ran, and runs each timer in one of all hosts that share the folder
          --stop_with_stdin     stops when its standard input ends

        The environment, with all settings of the app, is handed down to the worker. Keys are those in the files of the folder
        FUNCTIONS_SECRETS_PATH, without which nobody has one; the master key opens /admin/functions, which lists the functions.
        Exit code 0: it was stopped; 1: the worker ended too often; 2: the package or the command line is wrong.
        """;

    /// <exception cref="FormatException">Something is missing or unknown.</exception>
    public static HostOptions Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var isSwitch = args[i] is "--stop_with_stdin";
            var isKnown = isSwitch || args[i] is "--package" or "--port" or "--state";
            values[args[i]] =
                !isKnown ? throw new FormatException($"{args[i]} is unknown.")
                : isSwitch ? ""
                : ++i < args.Count ? args[i]
                : throw new FormatException($"{args[i - 1]} needs a value.");
        }

        return new HostOptions(
            Path.GetFullPath(
                values.GetValueOrDefault("--package") ?? throw new FormatException("--package is missing.")
            ),
            ushort.TryParse(values.GetValueOrDefault("--port"), out var port) && port > 0
                ? port
                : throw new FormatException("--port must be a port number."),
            values.GetValueOrDefault("--state") is { } state ? Path.GetFullPath(state) : null,
            values.ContainsKey("--stop_with_stdin")
        );
    }
}
