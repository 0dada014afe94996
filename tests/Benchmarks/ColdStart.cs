using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TimeTagger.Benchmarks;

/// <summary>How long an executable takes from its start to its first answer, and the memory that it then has.</summary>
internal static class ColdStart
{
    private const int Starts = 20;

    // The store is Azure's and is not there: a start that asked it anything would fail, or wait.
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

    internal static async Task MeasureAsync(string executable)
    {
        var measured = new List<(double Milliseconds, long Bytes)>();
        for (var i = 0; i < Starts; i++)
        {
            measured.Add(await StartOnceAsync(executable));
        }

        var times = measured.Select(start => start.Milliseconds).Order().ToList();
        var memory = measured.Select(start => start.Bytes).Order().ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{executable}: first answer after {times[Starts / 2]:0} ms (median of {Starts}; {times[0]:0} to {times[^1]:0}), "
                    + $"then {memory[Starts / 2] / 1024 / 1024} MiB resident"
            )
        );
    }

    private static async Task<(double Milliseconds, long Bytes)> StartOnceAsync(string executable)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var start = new ProcessStartInfo(executable)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}",
                ["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = "measured",
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", // for an executable that is not ours
                ["TIMETAGGER_STORAGE"] = "azure",
                ["TIMETAGGER_STORAGE_CONNECTION"] = Nowhere,
            },
        };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            await AnsweredAsync(process, port);
            var took = Stopwatch.GetElapsedTime(started);
            await Task.Delay(TimeSpan.FromMilliseconds(300)); // until it is idle
            process.Refresh();
            return (took.TotalMilliseconds, process.WorkingSet64);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task AnsweredAsync(Process process, int port)
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
                await socket.ReceiveAsync(new byte[1024]);
                return;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(1);
            }
        }
    }
}
