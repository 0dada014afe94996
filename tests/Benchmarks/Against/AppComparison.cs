using System.Globalization;
using Microsoft.Playwright;

namespace TimeTagger.Benchmarks.Against;

/// <summary>How quick the app is with 50,000 records in the browser: opening it beside another build, and the record dialog.</summary>
internal static class AppComparison
{
    private const string Typed = "meeting #client/c4";

    /// <summary>Prints medians and ratios.</summary>
    /// <param name="other">The root of the other checkout, built in Release.</param>
    /// <param name="rounds">How often each is measured.</param>
    internal static async Task MeasureAsync(string other, int rounds)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await InBrowser.LaunchAsync(playwright);
        Console.WriteLine($"Chromium {browser.Version}, {AppInBrowser.Records} records\n");
        await using var ofOther = await AppInBrowser.StartAsync(Path.Combine(other, Comparison.Program), browser);
        await using var own = await AppInBrowser.StartAsync(
            Path.Combine(Programs.RepositoryRoot, Comparison.Program),
            browser
        );
        Console.WriteLine("| | the other, ms | this, ms | this / the other (least to most) |");
        Console.WriteLine("|---|---:|---:|---:|");
        var pairs = await Comparison.InTurnAsync(rounds, ofOther.NavigateAsync, own.NavigateAsync);
        Comparison.Print("navigation to the records of today", pairs, "0");
        await DialogAsync(own.Page, rounds);
    }

    private static async Task DialogAsync(IPage page, int rounds)
    {
        var (frames, letters, saves) = (new List<double>(), new List<double>(), new List<double>());
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Performance.enable");
        for (var round = -1; round < rounds; round++) // The first one warms up.
        {
            var frame = await FramesToDialogAsync(page);
            var ofLetters = new List<double>();
            foreach (var letter in Typed)
            {
                var before = await ScriptMillisecondsAsync(devTools);
                await page.Keyboard.TypeAsync(letter.ToString());
                await page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
                ofLetters.Add(await ScriptMillisecondsAsync(devTools) - before);
            }

            var save = await MillisecondsToSavedAsync(page, $" round {round}");
            if (round >= 0)
            {
                frames.Add(frame);
                letters.AddRange(ofLetters);
                saves.Add(save);
            }
        }

        Console.WriteLine("\n| | median (least to most) |");
        Console.WriteLine("|---|---:|");
        Print("S to a dialog that takes letters, frames", frames, "0");
        Print("a letter and its completions, ms of script", letters, "0.0");
        Print("Enter to the record on screen and on the disk, ms", saves, "0");
    }

    /// <summary>Presses S. The frames that pass until a field of the dialog has the focus; the last is the one that shows it.</summary>
    private static async Task<double> FramesToDialogAsync(IPage page)
    {
        await page.EvaluateAsync(
            """
            () => void (globalThis.measured = new Promise((done) => {
              addEventListener("keydown", () => {
                let frames = 0;
                const count = () => {
                  frames += 1;
                  if (document.activeElement?.matches("dialog textarea, dialog input")) done(frames);
                  else requestAnimationFrame(count);
                };
                requestAnimationFrame(count);
              }, { once: true, capture: true });
            }))
            """
        );
        await page.Keyboard.PressAsync("s");
        return await page.EvaluateAsync<double>("() => globalThis.measured");
    }

    private static async Task<double> MillisecondsToSavedAsync(IPage page, string words)
    {
        await page.Keyboard.TypeAsync(words);
        await page.EvaluateAsync(
            """
            (words) => void (globalThis.measured = new Promise((done) => {
              addEventListener("keydown", () => {
                const from = performance.now();
                const look = () => {
                  const isThere = [...document.querySelectorAll("main li")].some((li) => li.textContent.includes(words));
                  if (isThere && document.querySelector("dialog[open]") === null) done(performance.now() - from);
                  else requestAnimationFrame(look);
                };
                look();
              }, { once: true, capture: true });
            }))
            """,
            words.Trim()
        );
        await page.Keyboard.PressAsync("Enter");
        return await page.EvaluateAsync<double>("() => globalThis.measured");
    }

    private static async Task<double> ScriptMillisecondsAsync(ICDPSession devTools)
    {
        var metrics = (await devTools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics
                .EnumerateArray()
                .Single(metric => metric.GetProperty("name").GetString() == "ScriptDuration")
                .GetProperty("value")
                .GetDouble() * 1000;
    }

    private static void Print(string name, List<double> values, string format) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Median.Of(values).ToString(format, CultureInfo.InvariantCulture)} "
                    + $"({values.Min().ToString(format, CultureInfo.InvariantCulture)} to {values.Max().ToString(format, CultureInfo.InvariantCulture)}) |"
            )
        );
}
