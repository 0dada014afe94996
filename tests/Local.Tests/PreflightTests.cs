using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

[SupportedOSPlatform("linux")]
public sealed class PreflightTests
{
    [Fact]
    public async Task Start_PortInUse_SaysSoBeforeAnythingSlow()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var data = new TemporaryFolder();
        await using var program = LocalProgram.Start(["--bind", $"127.0.0.1:{port}", "--datadir", data.Path]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Equal(
            $"Port {port} on 127.0.0.1 is in use. Stop the program that uses it or choose another: --bind 127.0.0.1:{port + 1}",
            program.Output
        );
    }

    [Fact]
    public async Task Start_DataFolderThatCannotBe_SaysSoBeforeAnythingSlow()
    {
        using var data = new TemporaryFolder();
        var file = data.Write("file", "");
        await using var program = LocalProgram.Start([
            "--bind",
            $"127.0.0.1:{LocalProgram.FreePort()}",
            "--datadir",
            Path.Combine(file, "below"),
        ]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.StartsWith($"The data folder {file}/below cannot be written", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', program.Output);
    }

    /// <summary>As in a container, or for a service: it must not begin at the root of the file system.</summary>
    [Theory]
    [InlineData("/nonexistent")]
    [InlineData("/dev/null")]
    public async Task Start_HomeThatIsNoFolder_SaysWhatToSet(string home)
    {
        await using var program = LocalProgram.Start(
            ["--bind", $"127.0.0.1:{LocalProgram.FreePort()}"],
            ("HOME", home)
        );

        Assert.Equal(2, await program.ExitAsync());
        Assert.Equal(
            $"--datadir: '~/_timetagger' is below the home folder, and there is none: HOME is '{home}', which is no folder. Say a full path, such as /var/lib/timetagger",
            program.Output
        );
        Assert.False(Directory.Exists("/_timetagger"));
    }

    [Fact]
    public async Task Start_NewDataFolder_IsForItsOwnerOnly()
    {
        using var data = new TemporaryFolder();
        var folder = Path.Combine(data.Path, "mine");
        await using var program = LocalProgram.Start([
            "--bind",
            $"127.0.0.1:{LocalProgram.FreePort()}",
            "--datadir",
            folder,
            "--site",
            "/nowhere",
        ]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder)
        );
        Assert.Contains("The site folder /nowhere is not there", program.Output, StringComparison.Ordinal);
    }
}
