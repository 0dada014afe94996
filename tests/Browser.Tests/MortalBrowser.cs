using System.Diagnostics;
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
    private ChromiumProcess? _process;
    private IBrowser? _browser;

    private IBrowserContext Context => _browser!.Contexts[0];

    public async Task StartAsync()
    {
        _process = await ChromiumProcess.StartAsync(_profile.Path);
        _browser = await playwright.Chromium.ConnectOverCDPAsync(_process.Address.AbsoluteUri);
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
    public void KillPages() => _process!.KillPages();

    /// <summary>Kills all there is of the browser.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
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
}
