using System.Diagnostics;

namespace TimeTagger.Benchmarks.Against;

/// <summary>The command that the README gives.</summary>
internal static class ReadmeCommand
{
    /// <param name="repository">The checkout to give it in.</param>
    /// <returns>Milliseconds from the command to the line with the address to open.</returns>
    internal static async Task<double> MillisecondsToAddressAsync(string repository)
    {
        var folder = Server.NewFolder();
        try
        {
            string[] command = ["dotnet", "run", "--project", "local", "--no-launch-profile"];
            var place = Server.PlaceIn(folder);
            var begin = Stopwatch.GetTimestamp();
            await using var program = RunningProgram.Start(command, place, Server.RunningSign, repository);
            await program.Ready;
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
