using System.Diagnostics;
using TimeTagger.Emulators;
using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>Microsoft's emulator of Static Web Apps, serving a built site without an API.</summary>
internal sealed class SiteEmulator : IAsyncDisposable
{
    private readonly Process _process;
    private readonly int _port;

    private SiteEmulator(Process process, int port) => (_process, _port) = (process, port);

    public string Address => $"http://127.0.0.1:{_port}";

    public static async Task<SiteEmulator> StartAsync(string site)
    {
        await NodePackages.InstallAsync();
        var port = LocalProgram.FreePort();
        string[] arguments =
        [
            "node_modules/@azure/static-web-apps-cli/dist/cli/bin.js",
            "start",
            site,
            "--swa-config-location",
            site,
            "--host",
            "127.0.0.1",
            "--port",
            $"{port}",
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = NodePackages.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var emulator = new SiteEmulator(process, port);
        try
        {
            await StartedAsync(process).WaitAsync(LocalProgram.Patience);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What listens is a grandchild.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task StartedAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("emulator started", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("The emulator of Static Web Apps ended at once.");
    }
}
