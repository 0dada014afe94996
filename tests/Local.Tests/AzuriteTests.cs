using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>The product on Azure's storage emulator, which it starts, stops and keeps data with.</summary>
public sealed class AzuriteTests
{
    /// <summary>
    /// TERM stops the program, which stops the emulator; INT comes to both at once, as from a terminal; KILL ends the
    /// program, and the emulator sees that it is gone.
    /// </summary>
    [Fact]
    public async Task Storage_Azurite_KeepsRecordsAndLeavesNoProcessHoweverItEnds()
    {
        await using var started = new Started();
        using var client = new ApiClient(started.Bind);
        string[] signals = ["TERM", "INT", "KILL"];
        foreach (var (signal, i) in signals.Select((signal, i) => (signal, i)))
        {
            using var sameClient = await started.RunAsync("--storage=azurite");
            if (i == 0)
            {
                await client.SignInHereAsync();
            }

            var keys = signals.Take(i).Select(earlier => $"before {earlier}").ToList();
            Assert.Equal(keys, await client.KeysAsync());
            await client.PutAsync($"before {signal}");
            await EndAsync(started.Program, signal);
        }

        using var last = await started.RunAsync("--storage=azurite");
        Assert.Equal(signals.Select(signal => $"before {signal}"), await client.KeysAsync());
        Assert.False(File.Exists(Path.Combine(started.DataDir, "timetagger.db")));
        if (!OperatingSystem.IsWindows())
        {
            // The emulator's own files can be read by everybody.
            const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal(ownerOnly, File.GetUnixFileMode(Path.Combine(started.DataDir, "azurite")));
        }
    }

    private static async Task EndAsync(LocalProgram program, string signal)
    {
        var children = program.Descendants();
        Assert.Contains(children, id => ProcessTable.CommandLine(id).Contains("azurite", StringComparison.Ordinal));

        int[] signalled = signal == "INT" ? [program.Id, .. children] : [program.Id];
        await Task.WhenAll(signalled.Select(id => ProcessTable.SignalAsync(id, signal)));

        var code = await program.ExitAsync();
        Assert.Equal(signal == "KILL" ? 137 : 0, code);
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
        await program.DisposeAsync();
    }
}
