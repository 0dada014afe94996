using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TimeTagger.Emulators;

namespace TimeTagger.Benchmarks;

/// <summary>
/// How long an executable takes from its start to its first answer, the memory that it then has, and that of our handler after
/// a client has fetched a whole account.
/// </summary>
internal static class ColdStart
{
    private const int Starts = 20;

    // Until it is idle.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    // The store is Azure's and is not there: a start that asked it anything would fail, or wait.
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

    /// <summary>Prints a table of our handler and of a bare server beside it.</summary>
    internal static async Task MeasureAsync(string executable)
    {
        using var bare = await BareServer.PublishAsync();
        Console.WriteLine(
            $"| executable | first answer, ms (median of {Starts}; least to most) | idle, MiB | after one full sync of {Dataset.Records} records, MiB |"
        );
        Console.WriteLine("|---|---:|---:|---:|");
        Console.WriteLine($"| bare ASP.NET Core | {await StartsAsync(bare.Executable)} | |");
        Console.WriteLine(
            $"| handler | {await StartsAsync(executable)} | {Mebibytes(await AfterSyncAsync(executable))} |"
        );
    }

    /// <summary>Resident bytes of a process that has only sent one account, from an emulator that another one has filled.</summary>
    private static async Task<long> AfterSyncAsync(string executable)
    {
        await using var emulator = await Azurite.StartAsync();
        var storage = new Dictionary<string, string>
        {
            ["TIMETAGGER_STORAGE"] = "azure",
            ["TIMETAGGER_STORAGE_CONNECTION"] = emulator.ConnectionString,
        };
        await using (var filling = await Handler.StartAsync(storage, executable))
        {
            using var http = Scenarios.NewHttp(filling.Address, 1);
            await Scenarios.FillMainAsync(http);
        }

        await using var handler = await Handler.StartAsync(storage, executable);
        using var once = Scenarios.NewHttp(handler.Address, 1);
        var client = await Client.SignInAsync(once, 0);
        var records = JsonDocument.Parse(await client.GetAsync("updates?since=0")).RootElement.GetProperty("records");
        if (records.GetArrayLength() != Dataset.Records)
        {
            throw new InvalidOperationException($"The sync had {records.GetArrayLength()} records.");
        }

        await Task.Delay(Settling);
        return handler.ResidentBytes;
    }

    private static async Task<string> StartsAsync(string executable)
    {
        var measured = new List<(double Milliseconds, long Bytes)>();
        for (var i = 0; i < Starts; i++)
        {
            measured.Add(await StartOnceAsync(executable));
        }

        var times = measured.Select(start => start.Milliseconds).Order().ToList();
        var memory = measured.Select(start => start.Bytes).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{times[Starts / 2]:0} ({times[0]:0} to {times[^1]:0}) | {Mebibytes(memory[Starts / 2])}"
        );
    }

    private static long Mebibytes(long bytes) => bytes / 1024 / 1024;

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
            await Task.Delay(Settling);
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
