using System.Diagnostics;
using System.Runtime.Versioning;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>What <c>docs/operations.md</c> gives for service managers and containers, with the published program.</summary>
[Collection(nameof(Publishing))]
[SupportedOSPlatform("linux")]
public sealed class ServiceTests(PublishedProgram published) : IClassFixture<PublishedProgram>, IDisposable
{
    private const string Place = "/opt/timetagger";

    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Unit_OfTheGuide_IsFoundSoundBySystemd()
    {
        var unit = Listing("[Unit]").Replace(Place, published.Folder, StringComparison.Ordinal);
        var file = _root.Write("timetagger.service", unit);

        var (code, output) = await RunAsync("systemd-analyze", "verify", "--man=no", file);

        Assert.Equal("", output);
        Assert.Equal(0, code);
    }

    /// <summary>Step by step in a folder that stands for the container's root.</summary>
    [Fact]
    public async Task Container_OfTheGuide_AnswersAfterItsSteps()
    {
        var port = LocalProgram.FreePort();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["APP_UID"] = Environment.GetEnvironmentVariable("UID") ?? "0",
            ["DOTNET_ROOT"] = published.Runtime,
        };
        string? entry = null;
        foreach (var step in Listing("FROM ").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, rest) = (step.Split(' ')[0], step[(step.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            switch (name)
            {
                case "COPY":
                    Assert.Equal($"timetagger {Place}", rest);
                    Directory.CreateDirectory(InRoot("/opt"));
                    Directory.CreateSymbolicLink(InRoot(Place), published.Folder);
                    break;
                case "RUN":
                    var command = rest.Replace("/data", InRoot("/data"), StringComparison.Ordinal);
                    Assert.Equal((0, ""), await RunAsync(environment, "/bin/sh", "-c", command));
                    break;
                case "ENV":
                    foreach (var variable in rest.Split(' '))
                    {
                        var (key, value) = (variable.Split('=')[0], variable.Split('=')[1]);
                        environment[key] = value
                            .Replace("/data", InRoot("/data"), StringComparison.Ordinal)
                            .Replace("8080", $"{port}", StringComparison.Ordinal);
                    }

                    break;
                case "ENTRYPOINT":
                    entry = InRoot(rest.Trim('[', ']', '"'));
                    break;
                default:
                    Assert.Contains(name, new[] { "FROM", "USER", "VOLUME", "EXPOSE" });
                    break;
            }
        }

        environment["HOME"] = "/nonexistent"; // As for a user whom nobody has made a home.
        await using var program = LocalProgram.Start(
            entry!,
            [],
            [.. environment.Select(variable => (variable.Key, variable.Value))]
        );
        await program.RunningAsync();
        using var http = new HttpClient();
        Assert.Contains(
            "ok",
            await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/status")),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(InRoot("/data/timetagger.db")));
    }

    private string InRoot(string path) => _root.Path + path;

    /// <summary>The indented listing that begins with these words.</summary>
    private static string Listing(string beginning)
    {
        var lines = File.ReadAllLines(Path.Combine(LocalProgram.RepositoryRoot, "docs/operations.md"));
        const string indent = "    ";
        return string.Concat(
            lines
                .SkipWhile(line => !line.StartsWith(indent + beginning, StringComparison.Ordinal))
                .TakeWhile(line => line.Length == 0 || line.StartsWith(indent, StringComparison.Ordinal))
                .Select(line => (line.Length == 0 ? "" : line[indent.Length..]) + "\n")
        );
    }

    private static Task<(int Code, string Output)> RunAsync(string program, params string[] args) =>
        RunAsync([], program, args);

    private static async Task<(int Code, string Output)> RunAsync(
        Dictionary<string, string> environment,
        string program,
        params string[] args
    )
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(),
            process.StandardError.ReadToEndAsync()
        );
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
