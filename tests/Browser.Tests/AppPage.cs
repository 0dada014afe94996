using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <summary>The app in one window, in the words of the person who uses it.</summary>
internal sealed class AppPage(IPage page)
{
    public IPage Page => page;

    private ILocator Today => page.GetByRole(AriaRole.List, new() { Name = "Today" });

    private ILocator RunningClock => Running.Locator("time");

    private ILocator Waiting => Today.GetByText("waiting", new() { Exact = true });

    /// <summary>The dialog of a record.</summary>
    public ILocator Dialog => page.Locator(".record-dialog");

    /// <summary>The words of the record in the dialog.</summary>
    public ILocator Field => Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Description" });

    /// <summary>What opens the dialog for a new record.</summary>
    public ILocator StartButton =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true });

    /// <summary>Times in the dialog.</summary>
    public ILocator Started => Time("Started");

    public ILocator Stopped => Time("Stopped");

    public ILocator Lasted => Time("Lasted");

    /// <summary>Whether to drop what is typed in the dialog.</summary>
    public ILocator Question => page.GetByRole(AriaRole.Dialog, new() { Name = "Keep what you typed?" });

    /// <summary>What does in the dialog what it is for.</summary>
    public ILocator Submit => Dialog.Locator("button[type=submit]");

    public ILocator StopButton => Button("Stop");

    public ILocator Running => page.GetByRole(AriaRole.Region, new() { Name = "Running" });

    /// <summary>One of the choices in the dialog that say when.</summary>
    public ILocator Choice(string name) => Dialog.GetByRole(AriaRole.Radio, new() { Name = name });

    /// <summary>The button with exactly this name.</summary>
    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Opens the dialog for a new record, and writes in it what it is about.</summary>
    public async Task WriteAsync(string description)
    {
        await StartButton.ClickAsync();
        await Field.FillAsync(description);
    }

    public async Task StartAsync(string description)
    {
        await WriteAsync(description);
        await Field.PressAsync("Enter");
        await ExpectRunningAsync(description);
        await ExpectNoDialogAsync();
    }

    /// <summary>Opens the dialog of a record of the day.</summary>
    public async Task OpenAsync(string description)
    {
        await Today.GetByRole(AriaRole.Button, new() { Name = description }).ClickAsync();
        await Expect(Field).ToBeVisibleAsync();
    }

    public Task ExpectNoDialogAsync() => Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

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
        Expect(Running.GetByRole(AriaRole.Listitem)).ToContainTextAsync([description]);

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

    private ILocator Time(string name) => Dialog.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });
}
