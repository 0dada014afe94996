using System.Runtime.Versioning;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>A copy of the data, made while the program serves, and put back.</summary>
[SupportedOSPlatform("linux")]
public sealed class BackupTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Backup_WhileItIsWrittenTo_IsOneSoundFileForTheOwnerAlone()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup.db");
        await using var started = new Started();
        using var client = await started.RunAsync();
        await client.SignInHereAsync();
        await client.PutAsync("before");
        using var stop = new CancellationTokenSource();
        var writing = WriteUntilAsync(client, stop.Token);

        var (code, output) = await RunAsync("backup", file, $"--datadir={started.DataDir}");

        await stop.CancelAsync();
        await writing;
        Assert.True(code == 0, output);
        Assert.Contains(": nothing wrong.", output, StringComparison.Ordinal);
        Assert.Contains($"Backed up to {file}, ", output, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
    }

    /// <summary>As <c>docs/operations.md</c> says, under a client that goes on with what it knew.</summary>
    [Fact]
    public async Task Backup_PutBackUnderARunningClient_IsWhatEveryClientHasAfterAReset()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup.db");
        await using var started = new Started();
        using var client = await started.RunAsync();
        await client.SignInHereAsync();
        await client.PutAsync("before");
        Assert.Equal(0, (await RunAsync("backup", file, $"--datadir={started.DataDir}")).Code);
        await client.PutAsync("after");
        var cursor = await client.ServerTimeAsync();
        await started.Program.DisposeAsync();

        foreach (var old in Directory.EnumerateFiles(started.DataDir, "timetagger.db*"))
        {
            File.Delete(old);
        }
        File.Copy(file, Path.Combine(started.DataDir, "timetagger.db"));
        await started.Start().RunningAsync();

        Assert.Equal(["before"], await client.KeysAsync()); // its token counts as before
        await client.ForceResetAsync();
        var (isReset, keys) = await client.PullAsync(cursor);
        Assert.True(isReset);
        Assert.Equal(["before"], keys);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(started.DataDir, "timetagger.db")));
        Assert.Equal(0, (await RunAsync("check", $"--datadir={started.DataDir}")).Code);
    }

    [Fact]
    public async Task Backup_OverAFileThatIsThere_LeavesIt()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("backup.db", "precious");
        await using var started = new Started();
        using (await started.RunAsync()) { }

        var (code, output) = await RunAsync("backup", file, $"--datadir={started.DataDir}");

        Assert.Equal(2, code);
        Assert.Equal($"'{file}' is there already. Choose another name.", output);
        Assert.Equal("precious", await File.ReadAllTextAsync(file));
    }

    private static async Task WriteUntilAsync(ApiClient client, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await client.PutAsync($"meanwhile {i}");
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        await using var program = LocalProgram.Start(args);
        return (await program.ExitAsync(), program.Output);
    }
}
