using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace TimeTagger.Benchmarks;

/// <summary>The client's store in a real Chromium, in step with the server: how long it takes, and how much memory.</summary>
internal static class InBrowser
{
    private const int Times = 5;
    private const int Inserted = 50_000;

    /// <summary>Prints a table of medians.</summary>
    internal static async Task MeasureAsync()
    {
        var script = await BundleAsync();
        await using var server = await Server.StartAsync(storage: []);
        using var http = Scenarios.NewHttp(server.Address, 1);
        await Scenarios.FillMainAsync(http);
        var client = await Client.SignInAsync(http, 0);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        Console.WriteLine(
            $"| Chromium {browser.Version}, {Dataset.Records} records | median (least to most) of {Times} |"
        );
        Console.WriteLine("|---|---:|");
        var rows = new Dictionary<string, List<double>>();
        for (var i = 0; i < Times; i++)
        {
            await using var context = await browser.NewContextAsync();
            await MeasureAsync(context, new Uri(server.Address, "api/status"), script, client.Token, Note);
        }
        foreach (var (name, values) in rows)
        {
            values.Sort();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {values[values.Count / 2]:0.##} ({values[0]:0.##} to {values[^1]:0.##}) |"
                )
            );
        }

        void Note(string name, double value)
        {
            rows.TryAdd(name, []);
            rows[name].Add(value);
        }
    }

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("TIMETAGGER_CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu"],
            }
        );

    private static async Task MeasureAsync(
        IBrowserContext context,
        Uri address,
        string script,
        string token,
        Action<string, double> note
    )
    {
        var first = await OpenAsync();
        var empty = await MebibytesAsync(first);
        note("full sync, ms", await first.EvaluateAsync<double>("token => measured.fullSync(token)", token));
        await first.CloseAsync();

        var page = await OpenAsync();
        note("load to what is seen first, ms", await page.EvaluateAsync<double>("() => measured.open()"));
        note("load of everything, ms", await page.EvaluateAsync<double>("() => measured.load()"));
        if (await page.EvaluateAsync<int>("() => measured.count()") != Dataset.Records)
        {
            throw new InvalidOperationException("Not all records are in the browser.");
        }
        note("memory of the loaded store, MiB", await MebibytesAsync(page) - empty);
        note("one edit, ms", await page.EvaluateAsync<double>("() => measured.edit()"));
        var asked = await page.EvaluateAsync<JsonElement>("() => measured.statistics()");
        note("totals of ten years, first time, ms", asked.GetProperty("first").GetDouble());
        note("totals of ten years, after an edit, ms", asked.GetProperty("afterEdit").GetDouble());
        note("totals of ten years, again, ms", asked.GetProperty("again").GetDouble());
        note("ten years day by day, ms", asked.GetProperty("byDay").GetDouble());
        note("memory with the statistics, MiB", await MebibytesAsync(page) - empty);
        var imported = await page.EvaluateAsync<JsonElement>($"() => measured.insert({Inserted})");
        note($"insert of {Inserted}, ms", imported.GetProperty("insert").GetDouble());
        note($"undo of that, ms", imported.GetProperty("undo").GetDouble());
        note("memory after that, MiB", await MebibytesAsync(page) - empty);
        await page.CloseAsync();

        async Task<IPage> OpenAsync()
        {
            var opened = await context.NewPageAsync();
            opened.SetDefaultTimeout(300_000);
            await opened.GotoAsync(address.AbsoluteUri);
            await opened.EvaluateAsync(script);
            return opened;
        }
    }

    /// <summary>The JavaScript heap that is in use after a collection.</summary>
    private static async Task<double> MebibytesAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var usage = (await session.SendAsync("Runtime.getHeapUsage"))!.Value;
        await session.DetachAsync();
        return usage.GetProperty("usedSize").GetDouble() / 1024 / 1024;
    }

    /// <summary>The client's own code with what measures it, as one script.</summary>
    private static async Task<string> BundleAsync()
    {
        var site = Path.Combine(Programs.RepositoryRoot, "static-web");
        var start = new ProcessStartInfo(Path.Combine(site, "node_modules/.bin/esbuild"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = site,
            ArgumentList =
            {
                "measure/store.ts",
                "--bundle",
                "--minify",
                "--format=iife",
                "--global-name=measured",
                "--target=es2024",
            },
        };
        using var esbuild = Process.Start(start)!;
        var script = await esbuild.StandardOutput.ReadToEndAsync();
        await esbuild.WaitForExitAsync();
        return esbuild.ExitCode == 0
            ? $"{script}; globalThis.measured = measured"
            : throw new InvalidOperationException("esbuild failed.");
    }
}
