namespace TimeTagger.FunctionsHost;

/// <summary>What this emulator is told.</summary>
/// <param name="Package">The folder of the package, a full path.</param>
/// <param name="Port">The loopback port to listen on.</param>
/// <param name="Shape">In which shape calls are passed on; null for what host.json says to a new host.</param>
/// <param name="State">A folder that remembers when timers ran, or null to forget it.</param>
/// <param name="FixesHeaders">Whether <c>DISGUISED-HOST</c> and <c>X-Forwarded-Proto</c> say what was called, as on Azure's Linux.</param>
/// <param name="StopsWithStdin">Whether the end of standard input stops it.</param>
internal sealed record HostOptions(
    string Package,
    int Port,
    CallShape? Shape,
    string? State,
    bool FixesHeaders,
    bool StopsWithStdin
)
{
    public const string Help = """
        Runs a package for Azure Functions with a custom handler as the Functions host does.

        Usage: TimeTagger.FunctionsHost --package <folder> --port <port> [options]

          --shape forwarding|proxying   how calls reach the handler; default: proxying where host.json allows it
          --state <folder>              remembers there when timers ran
          --raw_headers                 does not take DISGUISED-HOST and X-Forwarded-Proto for what was called
          --stop_with_stdin             stops when its standard input ends

        The environment, with all settings of the app, is handed down to the handler. Keys are those in the files of the folder
        FUNCTIONS_SECRETS_PATH, without which nobody has one. Exit code 0: it was stopped; 1: the
        handler died too often; 2: the package or the command line is wrong.
        """;

    /// <exception cref="FormatException">Something is missing or unknown.</exception>
    public static HostOptions Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var isSwitch = args[i] is "--raw_headers" or "--stop_with_stdin";
            var isKnown = isSwitch || args[i] is "--package" or "--port" or "--shape" or "--state";
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
            values.GetValueOrDefault("--shape") switch
            {
                null => null,
                "forwarding" => CallShape.Forwarding,
                "proxying" => CallShape.Proxying,
                var other => throw new FormatException($"--shape: '{other}' is not forwarding or proxying."),
            },
            values.GetValueOrDefault("--state") is { } state ? Path.GetFullPath(state) : null,
            !values.ContainsKey("--raw_headers"),
            values.ContainsKey("--stop_with_stdin")
        );
    }
}

/// <summary>The two ways that hosts have of passing calls on.</summary>
internal enum CallShape
{
    /// <summary>As hosts before 2025: rebuilt and buffered.</summary>
    Forwarding,

    /// <summary>As newer hosts: proxied and streamed.</summary>
    Proxying,
}
