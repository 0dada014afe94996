using System.Net;
using System.Net.Sockets;
using TimeTagger.Configuration;

namespace TimeTagger.Local;

/// <summary>How the handler is started: as the Functions host would, with all settings in its environment.</summary>
/// <param name="File">The executable.</param>
/// <param name="Options">What the person chose.</param>
internal sealed record HandlerSettings(string File, Options Options)
{
    public static HandlerSettings From(Options options) => new(options.Handler ?? BuildOutputs.Handler, options);

    public IReadOnlyDictionary<string, string?> Environment(int port) =>
        new Dictionary<string, string?>(Options.Values.ToEnvironment(UsedBy.Handler), StringComparer.Ordinal)
        {
            ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(),
            // The pipe to its standard input closes when this process dies, however it dies.
            [Catalogue.StopWithStdin.Variable] = "true",
        };

    /// <summary>A loopback port that was free a moment ago. Should another program be faster, the handler fails to start and is started again.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
