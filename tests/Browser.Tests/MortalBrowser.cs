using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using TimeTagger.TestSupport;

namespace TimeTagger.Browser.Tests;

/// <summary>
/// A Chromium with its profile on the disk that can be killed as a whole or page by page, by a signal that nothing in it can
/// answer, and started again with what the disk has.
/// </summary>
internal sealed class MortalBrowser(IPlaywright playwright) : IAsyncDisposable
{
    private readonly TemporaryFolder _profile = new();
    private Process? _process;
    private IBrowser? _browser;

    private IBrowserContext Context => _browser!.Contexts[0];

    public async Task StartAsync()
    {
        var portFile = Path.Combine(_profile.Path, "DevToolsActivePort");
        File.Delete(portFile);
        string[] own =
        [
            "--headless=new",
            "--remote-debugging-port=0",
            $"--user-data-dir={_profile.Path}",
            "about:blank",
        ];
        var start = new ProcessStartInfo(BrowserFixture.Chromium, [.. BrowserFixture.Flags, .. own])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var port = await PortAsync(portFile);
        _browser = await playwright.Chromium.ConnectOverCDPAsync($"http://127.0.0.1:{port}");
        Context.SetDefaultTimeout(60_000);
    }

    /// <summary>A new page; what is left of dead ones is closed.</summary>
    public async Task<IPage> OpenAsync()
    {
        var before = Context.Pages.ToList();
        var page = await NewPageAsync(10);
        foreach (var other in before)
        {
            await other.CloseAsync();
        }
        return page;
    }

    /// <summary>Waits until the browser has written a name of its local storage to the disk.</summary>
    public async Task KeepsAsync(string name)
    {
        var folder = Path.Combine(_profile.Path, "Default", "Local Storage", "leveldb");
        var started = Stopwatch.GetTimestamp();
        while (!Directory.EnumerateFiles(folder, "*.log").Any(file => Contains(file, name)))
        {
            if (Stopwatch.GetElapsedTime(started) > LocalProgram.Patience)
            {
                throw new TimeoutException($"{name} is not in {folder}.");
            }
            await Task.Delay(100);
        }
    }

    /// <summary>Kills every page at once; the browser stays.</summary>
    public void KillPages() => KillAll(Descendants().Where(IsPage));

    /// <summary>Kills all there is of the browser.</summary>
    public async Task KillAsync()
    {
        KillAll([_process!.Id, .. Descendants()]);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
        _profile.Dispose();
    }

    private IReadOnlyList<int> Descendants() => ProcessTable.Descendants(_process!.Id);

    /// <summary>The browser may give a page the process of one that was killed, before it knows that it was.</summary>
    private async Task<IPage> NewPageAsync(int tries)
    {
        try
        {
            return await Context.NewPageAsync();
        }
        catch (PlaywrightException) when (tries > 1)
        {
            await Task.Delay(100);
            return await NewPageAsync(tries - 1);
        }
    }

    private static bool Contains(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd().Contains(text, StringComparison.Ordinal);
    }

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
