using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace TimeTagger.Benchmarks;

/// <summary>A handler process over a store of its own, with 200 accounts to sign in to.</summary>
internal sealed class Handler : IAsyncDisposable
{
    internal const int Accounts = 200;
    internal const string Password = "benchmark";

    // Of that password, at the lowest cost there is: signing in is not what is measured.
    private const string Hash = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.rRH7r.VfGTeaQVOW7aABp7rU63QyljC";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Handler(Process process, DirectoryInfo folder, Uri address) =>
        (_process, _folder, Address) = (process, folder, address);

    internal Uri Address { get; }

    /// <summary>Resident memory of the process, bytes.</summary>
    internal long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    internal static string Metadata(string key) =>
        typeof(Handler)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == key)
            .Value!;

    /// <param name="storage">Variables that say which store it has.</param>
    /// <param name="executable">The handler; null for the one that was built with this program.</param>
    internal static async Task<Handler> StartAsync(
        IReadOnlyDictionary<string, string> storage,
        string? executable = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("timetagger-benchmark-");
        var port = FreePort();
        var start = new ProcessStartInfo(executable ?? Path.ChangeExtension(Metadata("HandlerAssembly"), null)!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}";
        start.Environment["TIMETAGGER_DATADIR"] = folder.FullName;
        start.Environment["TIMETAGGER_LOG_LEVEL"] = "warning";
        start.Environment["TIMETAGGER_STOP_WITH_STDIN"] = "true";
        start.Environment["TIMETAGGER_CREDENTIALS"] = string.Join(
            ',',
            Enumerable.Range(0, Accounts).Select(i => $"u{i}:{Hash}")
        );
        foreach (var (name, value) in storage)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        var handler = new Handler(process, folder, new Uri($"http://127.0.0.1:{port}/"));
        await handler.AnswersAsync();
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                await client.GetStringAsync(Address);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
