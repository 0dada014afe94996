using System.Diagnostics;
using System.Globalization;

namespace TimeTagger.TestSupport;

/// <summary>What runs on this machine, from Linux's <c>/proc</c>.</summary>
internal static class ProcessTable
{
    /// <summary>Far above what anything takes, so that a slow machine is no failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static IReadOnlyList<int> Descendants(int parent)
    {
        var parents = Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Select(id => (Id: id, Stat: Stat(id)))
            .Where(p => p.Stat is not null)
            .ToLookup(p => p.Stat!.Value.Parent, p => p.Id);
        return [.. Below(parent)];

        IEnumerable<int> Below(int id) => parents[id].SelectMany(child => Below(child).Prepend(child));
    }

    /// <summary>The command line of a process, or nothing when it is gone.</summary>
    public static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Waits until a process is gone, or only its exit code is left.</summary>
    public static async Task EndedAsync(int id)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stat(id) is { State: not 'Z' })
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Process {id} still runs: {CommandLine(id)}");
            }
            await Task.Delay(20);
        }
    }

    public static async Task SignalAsync(int id, string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {id}"]);
        await kill.WaitForExitAsync();
    }

    private static (char State, int Parent)? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold anything
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
