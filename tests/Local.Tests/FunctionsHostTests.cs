using System.Net;
using System.Text;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>The product as in Azure: the package, under the emulator of the Functions host, on Azurite.</summary>
[Collection(nameof(Publishing))]
public sealed class FunctionsHostTests
{
    // Of the password "U*U".
    private const string Credentials = "ada:$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private const string Password = """{"method":"usernamepassword","username":"ada","password":"U*U"}""";

    [Fact]
    public async Task Host_Functions_RunsThePackageAndLeavesNoProcess()
    {
        await PublishedPackage.FolderAsync();
        await using var started = new Started();
        using var client = await started.RunAsync("--host=functions", $"--credentials={Credentials}");
        Assert.DoesNotContain("Making the package", started.Program.Output, StringComparison.Ordinal); // it was there

        // Everybody's peer is the host, so nobody is known to be on this computer.
        Assert.NotEqual(HttpStatusCode.OK, (await client.SignInAsync("""{"method":"localhost"}""")).Status);
        var (status, token) = await client.SignInAsync(Password);
        Assert.Equal(HttpStatusCode.OK, status);
        client.Use(token);
        await client.PutAsync("a record");
        Assert.Equal(["a record"], await client.KeysAsync());
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await client.PutAsync(new ByteArrayContent(new byte[12_000_000]))).Status
        );

        using var http = new HttpClient { BaseAddress = new Uri($"http://{started.Bind}") };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/status")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/admin/host/ping")).StatusCode);

        var children = started.Program.Descendants();
        await started.Program.SignalAsync("TERM");
        Assert.Equal(0, await started.Program.ExitAsync());
        await Task.WhenAll(children.Select(ProcessTable.EndedAsync));
        Assert.False(File.Exists(Path.Combine(started.DataDir, "timetagger.db")));
    }

    [Fact]
    public async Task Host_FunctionsWhoseEmulatorEnds_EndsWithASentence()
    {
        var package = await PublishedPackage.FolderAsync();
        await using var started = new Started();
        using var client = await started.RunAsync("--host=functions", $"--package={package}");
        var host = started
            .Program.Descendants()
            .First(id => ProcessTable.CommandLine(id).Contains("FunctionsHost", StringComparison.Ordinal));

        await ProcessTable.SignalAsync(host, "KILL");

        Assert.Equal(1, await started.Program.ExitAsync());
        Assert.Contains(
            "The emulator of the Functions host has ended (exit code 137)",
            started.Program.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Host_FunctionsWithAPackageThatIsNone_EndsWithASentence()
    {
        await using var started = new Started();

        Assert.Equal(1, await started.Start("--host=functions", "--package=/nowhere").ExitAsync());
        Assert.Contains(
            "The emulator of the Functions host has ended",
            started.Program.Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>What the emulator gets is what was sent: dots, encoded slashes and repeated ones mean what the API says.</summary>
    [Fact]
    public async Task Host_Functions_GetsTheTargetAsItWasSent()
    {
        var package = await PublishedPackage.FolderAsync();
        await using var direct = new Started();
        await using var behind = new Started();
        using var client = await direct.RunAsync();
        using var other = await behind.RunAsync("--host=functions", $"--package={package}");
        foreach (
            var target in new[]
            {
                "/api/v2/version?x=%2F+%zz",
                "/api/v2//version",
                "/api/v2/%2e/version",
                "/api/nothing",
            }
        )
        {
            Assert.Equal(await StatusAsync(direct.Bind, target), await StatusAsync(behind.Bind, target));
        }
    }

    private static async Task<string> StatusAsync(string bind, string target)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(IPEndPoint.Parse(bind));
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {bind}\r\nConnection: close\r\n\r\n")
        );
        using var reader = new StreamReader(stream);
        return $"{target} {(await reader.ReadLineAsync())?[..12]}";
    }
}
