using Microsoft.Playwright;
using Xunit;

// Each story has a product and a browser of its own, and waits for them most of the time. More of them at once than two
// would wait for each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace TimeTagger.Browser.Tests;

/// <summary>One Chromium for the stories of a class; every story has its own contexts in it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>Debian's, unless the environment names another; nothing is ever downloaded.</summary>
    internal static readonly string Chromium =
        Environment.GetEnvironmentVariable("TIMETAGGER_CHROMIUM") ?? "/usr/bin/chromium";

    internal static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    internal IPlaywright Playwright { get; private set; } = null!;

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        Browser = await Playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        Assertions.SetDefaultExpectTimeout(60_000);
    }

    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        Playwright.Dispose();
    }
}
