using System.Net;

namespace TimeTagger.Local;

/// <summary>The last lines of the start.</summary>
internal static class Announcement
{
    public static void Print(Options options, TextWriter output)
    {
        if (!IPAddress.IsLoopback(options.Bind.Address))
        {
            output.WriteLine(
                $"Warning: {options.Bind} can be reached from other machines. Traffic is not encrypted and signing in "
                    + "without a password is off: put a proxy with HTTPS in front, and use --credentials."
            );
        }
        output.WriteLine($"Data folder: {options.DataDir}");
        output.WriteLine("Press Ctrl-C to stop.");
        output.WriteLine($"TimeTagger is running: http://{Reachable(options.Bind)}/");
    }

    private static IPEndPoint Reachable(IPEndPoint bind) =>
        bind.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, bind.Port)
        : bind.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, bind.Port)
        : bind;
}
