using System.Net;
using System.Net.Sockets;
using TimeTagger.Configuration;

namespace TimeTagger.Local;

/// <summary>How the handler is started: as the Functions host would, with all settings in its environment.</summary>
/// <param name="File">The executable: the handler, or the emulator of the Functions host, which has the handler.</param>
/// <param name="Options">What the person chose.</param>
/// <param name="Emulator">How to reach the storage emulator that was started, or null.</param>
/// <param name="Package">The package that the Functions host runs, or null where there is no such host.</param>
internal sealed record HandlerSettings(string File, Options Options, string? Emulator, string? Package)
{
    public static HandlerSettings From(Options options, string? emulator, string? package) =>
        new(
            package is null ? options.Handler ?? BuildOutputs.Handler : BuildOutputs.FunctionsHost,
            options,
            emulator,
            package
        );

    // Forwarding, because proxying would overwrite what the front says about who called.
    public IReadOnlyList<string> Arguments(int port) =>
        Package is null
            ? []
            :
            [
                "--package",
                Package,
                "--port",
                $"{port}",
                "--shape",
                "forwarding",
                "--state",
                Path.Combine(Options.DataDir, "functions-host"),
                "--stop_with_stdin",
            ];

    public IReadOnlyDictionary<string, string?> Environment(int port)
    {
        var environment = new Dictionary<string, string?>(
            Options.Values.ToEnvironment(UsedBy.Handler),
            StringComparer.Ordinal
        )
        {
            ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(),
            // The pipe to its standard input closes when this process dies, however it dies.
            [Catalogue.StopWithStdin.Variable] = "true",
        };
        if (Emulator is not null)
        {
            // To a handler the emulator is Azure.
            environment[Catalogue.Storage.Variable] = "azure";
            environment[Catalogue.StorageConnection.Variable] = Emulator;
        }

        if (Package is not null)
        {
            environment["AzureWebJobsStorage"] = Emulator ?? Options.Storage.Connection;
        }

        return environment;
    }

    /// <summary>A loopback port that was free a moment ago. Should another program be faster, the handler fails to start and is started again.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
