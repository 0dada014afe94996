using System.Diagnostics;
using System.Globalization;
using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>A Chromium that takes commands at a port, and ends by a signal that nothing in it can answer.</summary>
internal sealed class ChromiumProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChromiumProcess(Process process, int port) =>
        (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}/"));

    /// <summary>Where it takes commands.</summary>
    public Uri Address { get; }

    /// <summary>Starts it with a profile, which may be an empty folder.</summary>
    public static async Task<ChromiumProcess> StartAsync(string profile)
    {
        var portFile = Path.Combine(profile, "DevToolsActivePort");
        File.Delete(portFile);
        string[] own = ["--headless=new", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"];
        var start = new ProcessStartInfo(BrowserFixture.Chromium, [.. BrowserFixture.Flags, .. own])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new ChromiumProcess(process, await PortAsync(portFile));
    }

    /// <summary>Kills every page at once; the browser stays.</summary>
    public void KillPages() => KillAll(Descendants().Where(IsPage));

    /// <summary>Kills all there is of it.</summary>
    public async ValueTask DisposeAsync()
    {
        KillAll([_process.Id, .. Descendants()]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private IReadOnlyList<int> Descendants() => ProcessTable.Descendants(_process.Id);

    private static bool IsPage(int id) =>
        ProcessTable.CommandLine(id).Contains("--type=renderer", StringComparison.Ordinal);

    private static void KillAll(IEnumerable<int> ids)
    {
        foreach (var id in ids)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                // It has ended by itself.
            }
        }
    }

    /// <summary>The port at which the browser takes commands, which it writes to a file.</summary>
    private static async Task<int> PortAsync(string file)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < LocalProgram.Patience)
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file) is [var port, ..] && port.Length > 0)
            {
                return int.Parse(port, CultureInfo.InvariantCulture);
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"{BrowserFixture.Chromium} does not say at which port it takes commands.");
    }
}
