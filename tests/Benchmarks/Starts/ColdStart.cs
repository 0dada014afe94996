using System.Globalization;
using System.Net;
using System.Text.Json;
using TimeTagger.Emulators;
using TimeTagger.TestSupport;

namespace TimeTagger.Benchmarks.Starts;

/// <summary>
/// How long programs take from the start of their process to their first answer, and the memory that they then have: the
/// server of one machine by itself, and workers under the emulator of the Functions host.
/// </summary>
internal static class ColdStart
{
    private const int AllowedMilliseconds = 350;

    // Until it is idle.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private sealed record Started(double Milliseconds, ProcessMemory Memory);

    /// <summary>Measures all of them in each round, and prints a table of medians.</summary>
    internal static async Task MeasureAsync(int rounds)
    {
        Console.Error.WriteLine("Making the packages …");
        var package = await PublishedPackage.FolderAsync();
        using var bare = await BareWorker.PublishAsync();
        await using var emulator = await Azurite.StartAsync();
        var storage = StorageIn(emulator);

        List<(string Name, Func<Task<Started>> StartAsync, List<Started> Starts)> programs =
        [
            ("server of one machine", StartLocalAsync, []),
            ("worker under the host's emulator", () => StartWorkerAsync(package, storage), []),
            ("bare worker under it", () => StartWorkerAsync(bare.Package, []), []),
        ];
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (_, startAsync, starts) in programs)
            {
                starts.Add(await startAsync());
            }
        }

        Console.WriteLine(
            $"| program | first answer, ms (median of {rounds}; least to most) | resident, MiB | proportional, MiB |"
        );
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var (name, _, starts) in programs)
        {
            Console.WriteLine($"| {name} | {Row(starts)} |");
        }

        var medians = programs.ConvertAll(each => Median.Of(each.Starts.Select(start => start.Milliseconds)));
        var afterSync = await AfterSyncAsync(package, storage);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""

                The worker takes {medians[1]
                    - medians[
                        0
                    ]:0} ms more than the server of one machine ({AllowedMilliseconds} at most), a bare one {medians[2]
                    - medians[0]:0} ms more.
                After one full sync of {Dataset.Records} records the worker has {afterSync.ResidentMebibytes:0} MiB resident.
                """
            )
        );
    }

    private static string Row(IReadOnlyList<Started> starts)
    {
        var times = starts.Select(start => start.Milliseconds).ToList();
        var resident = Median.Of(starts.Select(start => start.Memory.ResidentMebibytes));
        var proportional = Median.Of(starts.Select(start => start.Memory.ProportionalMebibytes));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Median.Of(times):0} ({times.Min():0} to {times.Max():0}) | {resident:0} | {proportional:0}"
        );
    }

    private static async Task<Started> StartLocalAsync()
    {
        var folder = Server.NewFolder();
        try
        {
            var place = Server.PlaceIn(folder);
            string[] command = [Programs.Local, "--site", folder.CreateSubdirectory("site").FullName];
            await using var program = RunningProgram.Start(command, place, Server.RunningSign);
            await FirstAnswer.ComesAsync(IPEndPoint.Parse(place["TIMETAGGER_BIND"]).Port);
            var took = FirstAnswer.MillisecondsSinceStartOf(program.Id);
            await Task.Delay(Settling);
            return new Started(took, ProcessMemory.Of(program.Id));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Started> StartWorkerAsync(
        string package,
        IEnumerable<KeyValuePair<string, string>> settings
    )
    {
        await using var hosted = await HostedPackage.StartAsync(package, settings);
        await Task.Delay(Settling);
        var took = await hosted.RestartWorkerAsync();
        await Task.Delay(Settling);
        return new Started(took, hosted.Memory);
    }

    /// <summary>The memory of a worker that has only sent one account, from an emulator that another one has filled.</summary>
    private static async Task<ProcessMemory> AfterSyncAsync(
        string package,
        IReadOnlyList<KeyValuePair<string, string>> storage
    )
    {
        await using (var filling = await Server.StartAsync(storage))
        {
            using var http = Scenarios.NewHttp(filling.Address, 1);
            await Scenarios.FillMainAsync(http);
        }

        await using var hosted = await HostedPackage.StartAsync(package, storage);
        using var once = Scenarios.NewHttp(hosted.Address, 1);
        var client = await Client.SignInAsync(once, 0);
        var records = JsonDocument.Parse(await client.GetAsync("updates?since=0")).RootElement.GetProperty("records");
        if (records.GetArrayLength() != Dataset.Records)
        {
            throw new InvalidOperationException($"The sync had {records.GetArrayLength()} records.");
        }

        await Task.Delay(Settling);
        return hosted.Memory;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> StorageIn(Azurite emulator) =>
        [.. Server.StorageIn(emulator), new("AzureWebJobsStorage", emulator.ConnectionString), Server.Credentials];
}
