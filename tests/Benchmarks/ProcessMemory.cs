using System.Globalization;

namespace TimeTagger.Benchmarks;

/// <summary>What Linux says of the memory of processes.</summary>
/// <param name="Resident">Bytes that are in memory, shared ones in full for each.</param>
/// <param name="Proportional">The same, shared ones divided among all that share them.</param>
internal sealed record ProcessMemory(long Resident, long Proportional)
{
    private const long Kibibyte = 1024;

    internal double ResidentMebibytes => Resident / 1024.0 / 1024;

    internal double ProportionalMebibytes => Proportional / 1024.0 / 1024;

    internal static ProcessMemory Of(params IEnumerable<int> processes) =>
        processes
            .Select(OfOne)
            .Aggregate((a, b) => new ProcessMemory(a.Resident + b.Resident, a.Proportional + b.Proportional));

    private static ProcessMemory OfOne(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/smaps_rollup");
        return new ProcessMemory(BytesOf("Rss:"), BytesOf("Pss:"));

        long BytesOf(string name) =>
            long.Parse(
                lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^"kB".Length].Trim(),
                CultureInfo.InvariantCulture
            ) * Kibibyte;
    }
}
