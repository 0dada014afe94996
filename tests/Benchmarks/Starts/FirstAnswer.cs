using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TimeTagger.Benchmarks.Starts;

/// <summary>Asks for the status page until it comes.</summary>
internal static class FirstAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        "GET /api/status HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    );

    /// <exception cref="TimeoutException">It never came.</exception>
    internal static async Task ComesAsync(int port)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!await IsThereAsync(port))
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                throw new TimeoutException("The status page is not answered.");
            }

            await Task.Delay(1);
        }
    }

    /// <summary>The time since a process was started, to a hundredth of a second, as the system has it.</summary>
    internal static double MillisecondsSinceStartOf(int process)
    {
        var now = DateTime.Now;
        using var started = Process.GetProcessById(process);
        return (now - started.StartTime).TotalMilliseconds;
    }

    private static async Task<bool> IsThereAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync(Request);
            var answer = new byte[1024];
            var length = await socket.ReceiveAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, length).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
