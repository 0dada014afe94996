using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>The app in one window, in the words of the person who uses it.</summary>
internal sealed class AppPage(IPage page)
{
    public IPage Page => page;

    private ILocator Today => page.GetByRole(AriaRole.List, new() { Name = "Today" });

    private ILocator RunningClock => page.GetByRole(AriaRole.Region, new() { Name = "Running" }).Locator("time");

    private ILocator Waiting => Today.GetByText("waiting", new() { Exact = true });

    public ILocator Field => page.GetByRole(AriaRole.Textbox, new() { Name = "What are you working on?" });

    public ILocator StartButton => Button("Start");

    public ILocator StopButton => Button("Stop");

    /// <summary>The button with exactly this name.</summary>
    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async Task StartAsync(string description)
    {
        await Field.FillAsync(description);
        await StartButton.ClickAsync();
        await ExpectRunningAsync(description);
    }

    public Task StopAsync() => StopButton.ClickAsync();

    /// <summary>The server has everything, and nothing is marked as waiting.</summary>
    public async Task ExpectAllSavedAsync()
    {
        await Expect(page.GetByText("All changes saved")).ToBeVisibleAsync();
        await Expect(Waiting).ToHaveCountAsync(0);
    }

    public Task ExpectWaitingAsync(int count) => Expect(Waiting).ToHaveCountAsync(count);

    public Task ExpectOfflineAsync() => Expect(page.GetByText("Offline.")).ToBeVisibleAsync();

    /// <summary>The day's list has exactly these, newest first.</summary>
    public async Task ExpectTodayAsync(params string[] descriptions)
    {
        await Expect(Today.GetByRole(AriaRole.Listitem)).ToContainTextAsync(descriptions);
        await Expect(Today.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(descriptions.Length);
    }

    public Task ExpectRunningAsync(string description) =>
        Expect(page.GetByRole(AriaRole.Region, new() { Name = "Running" }).GetByRole(AriaRole.Listitem))
            .ToContainTextAsync([description]);

    /// <summary>What is read aloud begins like this.</summary>
    public Task ExpectAnnouncedAsync(string beginning) =>
        Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = beginning })).ToHaveCountAsync(1);

    public Task ExpectNothingRunningAsync() => Expect(StopButton).ToHaveCountAsync(0);

    /// <summary>Waits until the running timer shows more than the given time, and returns what it shows.</summary>
    public async Task<TimeSpan> ClockBeyondAsync(TimeSpan before)
    {
        TimeSpan shown;
        do
        {
            var text = await RunningClock.InnerTextAsync();
            shown = TimeSpan.Parse(text, CultureInfo.InvariantCulture);
            if (shown <= before)
            {
                await Expect(RunningClock).Not.ToHaveTextAsync(text);
            }
        } while (shown <= before);
        return shown;
    }

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await ExpectAllSavedAsync();
    }
}
