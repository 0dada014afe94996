using System.Net;
using System.Net.Sockets;

namespace TimeTagger.Local;

/// <summary>What can be known to fail is said at once, before any slow work.</summary>
internal static class Preflight
{
    /// <exception cref="Refusal">The port is taken or the data folder cannot be written.</exception>
    public static void Check(Options options)
    {
        CheckPort(options.Bind);
        CheckDataDir(options.DataDir);
    }

    public static Refusal PortInUse(IPEndPoint bind) =>
        new(
            $"Port {bind.Port} on {bind.Address} is in use. Stop the program that uses it or choose another: "
                + $"--bind {new IPEndPoint(bind.Address, bind.Port < 65535 ? bind.Port + 1 : 8080)}"
        );

    public static Refusal CannotListen(IPEndPoint bind, string why) => new($"Cannot listen on {bind}: {why}.");

    private static void CheckPort(IPEndPoint bind)
    {
        using var probe = new TcpListener(bind);
        try
        {
            probe.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw PortInUse(bind);
        }
        catch (SocketException e)
        {
            throw CannotListen(bind, e.Message);
        }
    }

    private static void CheckDataDir(string folder)
    {
        try
        {
            OwnersFolder.Create(folder);
            var probe = Path.Combine(folder, $".write-test-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(
                $"The data folder {folder} cannot be written: {e.Message} Choose another: --datadir <folder>"
            );
        }
    }
}
