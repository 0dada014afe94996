using System.Globalization;

namespace TimeTagger.Benchmarks.Against;

/// <summary>
/// This build beside that of another checkout, each through the address that it prints. Both run all the time and are asked
/// in turn, so that whatever else the machine does meets both.
/// </summary>
internal static class Comparison
{
    internal const string Program = "local/bin/Release/net10.0/TimeTagger.Local";

    private static readonly (string Scenario, int Connections)[] Measured =
    [
        (Scenarios.IdlePoll, 1),
        (Scenarios.IdlePoll, 16),
        (Scenarios.StatusPage, 1),
        (Scenarios.PutOne, 1),
    ];

    /// <summary>Prints medians and ratios.</summary>
    /// <param name="other">The root of the other checkout.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="duration">How long a round of requests is.</param>
    internal static async Task MeasureAsync(string other, int rounds, TimeSpan duration)
    {
        await RequestsAsync(
            Path.Combine(other, Program),
            Path.Combine(Programs.RepositoryRoot, Program),
            rounds,
            duration
        );
        await CommandsAsync(other, Programs.RepositoryRoot, rounds);
    }

    private static async Task RequestsAsync(string otherProgram, string thisProgram, int rounds, TimeSpan duration)
    {
        await using var other = await Server.StartAsync(otherProgram);
        await using var own = await Server.StartAsync(thisProgram);
        await FillAsync(other);
        await FillAsync(own);
        Console.WriteLine(
            "| request | conn. | the other, requests/s | this, requests/s | this / the other (least to most) |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var (name, connections) in Measured)
        {
            using var toOther = Scenarios.NewHttp(other.Address, connections);
            using var toOwn = Scenarios.NewHttp(own.Address, connections);
            var ofOther = await OneAsync(toOther, name);
            var ofOwn = await OneAsync(toOwn, name);
            var pairs = await InTurnAsync(
                rounds,
                async () => (await Load.OnceAsync(ofOther.Send, connections, duration)).PerSecond,
                async () => (await Load.OnceAsync(ofOwn.Send, connections, duration)).PerSecond
            );
            Print($"{name} | {connections}", pairs, "0");
        }

        Console.WriteLine("\n| memory at the end | the other, MiB | this, MiB | this / the other |");
        Console.WriteLine("|---|---:|---:|---:|");
        var (before, after) = (other.Memory, own.Memory);
        Print("resident", [(before.ResidentMebibytes, after.ResidentMebibytes)], "0");
        Print("proportional", [(before.ProportionalMebibytes, after.ProportionalMebibytes)], "0");
    }

    private static async Task CommandsAsync(string other, string own, int rounds)
    {
        Console.WriteLine("\n| | the other, ms | this, ms | this / the other (least to most) |");
        Console.WriteLine("|---|---:|---:|---:|");
        var pairs = await InTurnAsync(
            rounds,
            () => ReadmeCommand.MillisecondsToAddressAsync(other),
            () => ReadmeCommand.MillisecondsToAddressAsync(own)
        );
        Print("command to address, warm", pairs, "0");
    }

    /// <summary>Once to warm up, then so many rounds, of which each second one begins with the other side.</summary>
    internal static async Task<IReadOnlyList<(double Other, double Own)>> InTurnAsync(
        int rounds,
        Func<Task<double>> other,
        Func<Task<double>> own
    )
    {
        await other();
        await own();
        var pairs = new List<(double, double)>();
        for (var i = 0; i < rounds; i++)
        {
            if (i % 2 == 0)
            {
                pairs.Add((await other(), await own()));
            }
            else
            {
                var second = await own();
                pairs.Add((await other(), second));
            }
        }

        return pairs;
    }

    internal static void Print(string name, IReadOnlyList<(double Other, double Own)> pairs, string format)
    {
        var other = Median.Of(pairs.Select(pair => pair.Other));
        var own = Median.Of(pairs.Select(pair => pair.Own));
        var ratios = pairs.Select(pair => pair.Own / pair.Other).ToList();
        var spread = ratios.Count > 1 ? Invariant($" ({ratios.Min():0.00} to {ratios.Max():0.00})") : "";
        Console.WriteLine(
            Invariant($"| {name} | {other.ToString(format, CultureInfo.InvariantCulture)} ")
                + Invariant($"| {own.ToString(format, CultureInfo.InvariantCulture)} | {own / other:0.00}{spread} |")
        );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task FillAsync(Server server)
    {
        using var http = Scenarios.NewHttp(server.Address, 1);
        await Scenarios.FillMainAsync(http);
    }

    private static async Task<Scenario> OneAsync(HttpClient http, string name) =>
        (await Scenarios.OfMainAsync(http)).Single(scenario => scenario.Name == name);
}
