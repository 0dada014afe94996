using System.Globalization;
using TimeTagger.Benchmarks;
using TimeTagger.Benchmarks.Against;
using TimeTagger.Benchmarks.Starts;
using TimeTagger.Emulators;

// dotnet run -c Release --project tests/Benchmarks [-- --store embedded|azurite] [--seconds 2] [--only idle]
// dotnet run -c Release --project tests/Benchmarks -- --start [--rounds 7]
// dotnet run -c Release --project tests/Benchmarks -- --against <folder> [--rounds 7] [--seconds 2]
// dotnet run -c Release --project tests/Benchmarks -- --app <folder> [--rounds 7]
// dotnet run -c Release --project tests/Benchmarks -- --snapshot 20000
// dotnet run -c Release --project tests/Benchmarks -- --browser
if (args is ["--browser"])
{
    await InBrowser.MeasureAsync();
    return 0;
}

if (Argument("--snapshot") is { } records)
{
    SnapshotForm.Measure(int.Parse(records, CultureInfo.InvariantCulture));
    return 0;
}

var rounds = int.Parse(Argument("--rounds") ?? "7", CultureInfo.InvariantCulture);
var duration = TimeSpan.FromSeconds(double.Parse(Argument("--seconds") ?? "2", CultureInfo.InvariantCulture));
if (args is ["--start", ..])
{
    await ColdStart.MeasureAsync(rounds);
    return 0;
}

if (Argument("--against") is { } folder)
{
    await Comparison.MeasureAsync(Path.GetFullPath(folder), rounds, duration);
    return 0;
}

if (Argument("--app") is { } checkout)
{
    await AppComparison.MeasureAsync(Path.GetFullPath(checkout), rounds);
    return 0;
}

const string embedded = "embedded";
const string azurite = "azurite";
var only = Argument("--only");
var stores = Argument("--store") is { } one ? [one] : new[] { embedded, azurite };
if (Array.Find(stores, store => store is not (embedded or azurite)) is { } unknown)
{
    Console.Error.WriteLine($"--store: '{unknown}' is not {embedded} or {azurite}");
    return 2;
}

var notes = new List<string>();
int[] connections = [1, 16];

Console.WriteLine("| store | request | conn. | requests/s | median ms | Python | times |");
Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
foreach (var store in stores)
{
    await using var emulator = store == azurite ? await Azurite.StartAsync() : null;
    await MeasureAsync(store, emulator is null ? [] : Server.StorageIn(emulator));
}

Console.WriteLine($"\n{string.Join('\n', notes)}");
return 0;

string? Argument(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

async Task MeasureAsync(string store, IReadOnlyList<KeyValuePair<string, string>> storage)
{
    await using var server = await Server.StartAsync(storage);
    await Scenarios.FillAsync(server.Address);
    foreach (var count in connections)
    {
        using var http = Scenarios.NewHttp(server.Address, count);
        foreach (var scenario in await Scenarios.AllAsync(http))
        {
            if (only is not null && !scenario.Name.Contains(only, StringComparison.Ordinal))
            {
                continue;
            }

            var measured = await Load.RunAsync(scenario.Send, count, duration);
            var original = count == 1 ? scenario.Original?.One : scenario.Original?.Sixteen;
            Console.WriteLine(
                $"| {store} | {scenario.Name} | {count} | {measured.PerSecond:0.#} | {measured.Milliseconds:0.00} "
                    + $"| {original:0.#} | {measured.PerSecond / original:0.0} |"
            );
        }
    }

    notes.Add($"{store}: {server.Memory.ResidentMebibytes:0} MiB resident at the end");
}
