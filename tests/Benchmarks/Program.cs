using System.Globalization;
using TimeTagger.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks [-- --seconds 2] [--only idle]
var seconds = double.Parse(Argument("--seconds") ?? "2", CultureInfo.InvariantCulture);
var only = Argument("--only");
int[] connections = [1, 16];

Console.WriteLine("| store | request | conn. | requests/s | median ms | Python | times |");
Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
await MeasureAsync("embedded", new Dictionary<string, string>());
return 0;

string? Argument(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

async Task MeasureAsync(string store, IReadOnlyDictionary<string, string> storage)
{
    await using var handler = await Handler.StartAsync(storage);
    await Scenarios.FillAsync(handler.Address);
    foreach (var count in connections)
    {
        using var http = Scenarios.NewHttp(handler.Address, count);
        foreach (var scenario in await Scenarios.AllAsync(http))
        {
            if (only is not null && !scenario.Name.Contains(only, StringComparison.Ordinal))
            {
                continue;
            }

            var measured = await Load.RunAsync(scenario.Send, count, TimeSpan.FromSeconds(seconds));
            var original = count == 1 ? scenario.Original?.One : scenario.Original?.Sixteen;
            Console.WriteLine(
                $"| {store} | {scenario.Name} | {count} | {measured.PerSecond:0.#} | {measured.Milliseconds:0.00} "
                    + $"| {original:0.#} | {measured.PerSecond / original:0.0} |"
            );
        }
    }

    Console.WriteLine($"\n{store}: {handler.ResidentBytes / 1024 / 1024} MiB resident at the end");
}
