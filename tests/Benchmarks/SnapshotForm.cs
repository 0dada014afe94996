using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Benchmarks;

/// <summary>What a snapshot costs beside the same records as JSON with gzip: bytes, time to load, memory while loading.</summary>
internal static class SnapshotForm
{
    private const int Loads = 5;

    private static readonly Random Chance = new(1);

    internal static void Measure(int records)
    {
        var view = new AccountView(new ServerTime(1));
        for (var first = 0; first < records; first += 1000)
        {
            view.Apply(EntryOf(view, [.. Enumerable.Range(first, Math.Min(1000, records - first)).Select(RecordOf)]));
        }

        var viewBytes = view.Bytes;
        Console.WriteLine($"{records} records; the view takes {(double)viewBytes / records:0.0} bytes a record");
        Console.WriteLine("| form | bytes a record | to load, ms | allocated, MiB | peak above before, MiB |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var columns = Columns(view);
        var json = Json(view);
        view = null;
        Report("columns, Brotli", columns, packed => FromColumns(packed, viewBytes * 2), records);
        Report("JSON, gzip", json, FromJson, records);
    }

    private static void Report(string form, byte[] packed, Func<byte[], AccountView> load, int records)
    {
        load(packed);
        var times = new List<double>();
        var (allocated, peak) = (0L, 0L);
        for (var i = 0; i < Loads; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            File.WriteAllText("/proc/self/clear_refs", "5"); // The peak counts from here.
            var (before, resident, started) = (
                GC.GetTotalAllocatedBytes(),
                Resident("VmRSS"),
                Stopwatch.GetTimestamp()
            );
            var view = load(packed);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            allocated = GC.GetTotalAllocatedBytes() - before;
            peak = Math.Max(peak, Resident("VmHWM") - resident);
            if (view.Count != records)
            {
                throw new InvalidOperationException($"{form}: {view.Count} records came back.");
            }
        }

        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {form} | {(double)packed.Length / records:0.0} | {times[Loads / 2]:0.0} | {allocated / 1024.0 / 1024:0.0} | {peak / 1024.0:0} |"
            )
        );
    }

    private static byte[] Columns(AccountView view)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, new BrotliCompressionOptions { Quality = 4 }, leaveOpen: true))
        using (var buffer = new BufferedStream(brotli, 64 * 1024))
        {
            view.ToSnapshot().WriteTo(buffer);
        }

        return packed.ToArray();
    }

    private static AccountView FromColumns(byte[] packed, long most)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var buffer = new BufferedStream(brotli, 64 * 1024);
        return ViewSnapshot.Read(buffer, most);
    }

    private static byte[] Json(AccountView view)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(
                gzip,
                view.All(ItemKind.Record).ToList().Select(stored => new Stored((Record)stored.Item, stored.St.Steps))
            );
        }

        return packed.ToArray();
    }

    private static AccountView FromJson(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var view = new AccountView(new ServerTime(1));
        view.Apply(EntryOf(view, [.. JsonSerializer.Deserialize<Stored[]>(gzip)!.Select(stored => stored.Record)]));
        return view;
    }

    private static Entry EntryOf(AccountView view, IReadOnlyList<Record> records) =>
        new(
            view.Version + 1,
            EntryKind.Items,
            view.LastSt.Next,
            view.LastSt.Next,
            "commit",
            "web",
            [.. records.Select(record => new Change(record, null, null))]
        );

    // As clients make them: keys of eight random characters, some ten records a day, texts that come again.
    private static Record RecordOf(int i)
    {
        var key = string.Concat(
            Chance.GetItems("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".AsSpan(), 8).ToArray()
        );
        var t1 = Dataset.Start + (i * 8640L) + Chance.Next(3600);
        return new Record(
            key,
            t1 + 3600,
            t1,
            t1 + Chance.Next(60, 7200),
            $"#client{Chance.Next(20)} task {Chance.Next(500)} notes"
        );
    }

    private static long Resident(string name) =>
        long.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith(name, StringComparison.Ordinal))[6..^2]
                .Trim(),
            CultureInfo.InvariantCulture
        );

    private sealed record Stored(Record Record, long St);
}
