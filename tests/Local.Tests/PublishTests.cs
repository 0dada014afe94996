using System.Diagnostics;
using System.Runtime.InteropServices;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>What <c>dotnet publish local</c> makes, where there is nothing of .NET but the runtime, no Node and no repository.</summary>
[Collection(nameof(Publishing))]
public sealed class PublishTests(PublishedProgram published) : IClassFixture<PublishedProgram>, IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly string _bind = $"127.0.0.1:{LocalProgram.FreePort()}";

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Start_WithTheRuntimeAlone_ServesPagesAndKeepsRecords()
    {
        await using var program = Start();
        await program.RunningAsync();
        using var browser = new HttpClient();
        using var client = new ApiClient(_bind);

        var page = await browser.GetStringAsync(new Uri($"http://{_bind}/"));
        await client.SignInHereAsync();
        await client.PutAsync("a record");

        Assert.Contains("<title>", page, StringComparison.Ordinal);
        Assert.Equal(["a record"], await client.KeysAsync());
        Assert.True(File.Exists(Path.Combine(_home.Path, "_timetagger", "timetagger.db")));
        Assert.Empty(program.Descendants());
        await program.SignalAsync("TERM");
        Assert.Equal(0, await program.ExitAsync());
    }

    [Theory]
    [InlineData("--watch: works in the repository only", "--watch")]
    [InlineData("--host: 'functions' works in the repository only", "--host=functions")]
    [InlineData("--storage: 'azurite' works in the repository only", "--storage=azurite")]
    public async Task Start_WithWhatNeedsTheRepository_SaysSoInOneSentence(string sentence, string argument)
    {
        await using var program = Start(argument);

        Assert.Equal(2, await program.ExitAsync());
        Assert.StartsWith(sentence, program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', program.Output);
    }

    [Fact]
    public void Folder_HasWhatRunsAndNothingElse()
    {
        var files = Directory
            .EnumerateFiles(published.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(published.Folder, file))
            .ToList();

        Assert.Contains(Path.Combine("site", "index.html"), files);
        Assert.DoesNotContain(
            files,
            file =>
                file.Contains("SiteBuilder", StringComparison.Ordinal)
                || file.Contains("FunctionsHost", StringComparison.Ordinal)
                || file.Contains("Razor", StringComparison.Ordinal)
                || file.Contains("staticwebassets", StringComparison.Ordinal)
        );
        Assert.Single(
            files,
            file =>
                file.Contains("e_sqlite3", StringComparison.Ordinal) && !file.EndsWith(".dll", StringComparison.Ordinal)
        );
        Assert.InRange(files.Sum(file => new FileInfo(Path.Combine(published.Folder, file)).Length), 1, 16_000_000);
    }

    private LocalProgram Start(params string[] args) =>
        LocalProgram.Start(
            Path.Combine(published.Folder, "TimeTagger.Local"),
            ["--bind", _bind, .. args],
            ("HOME", _home.Path),
            ("PATH", _home.Path),
            ("DOTNET_ROOT", published.Runtime)
        );
}

/// <summary>The published program, and a .NET without SDK.</summary>
public sealed class PublishedProgram : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folders = new();

    internal string Folder => Path.Combine(_folders.Path, "published");

    internal string Runtime => Path.Combine(_folders.Path, "dotnet");

    public async Task InitializeAsync()
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        Directory.CreateDirectory(Runtime);
        foreach (var part in new[] { "host", "shared" })
        {
            Directory.CreateSymbolicLink(Path.Combine(Runtime, part), Path.Combine(dotnet, part));
        }

        string[] arguments = ["publish", "local", "-o", Folder, "-nologo", "-nodeReuse:false"];
        using var publish = Process.Start(
            new ProcessStartInfo(Path.Combine(dotnet, "dotnet"), arguments)
            {
                WorkingDirectory = LocalProgram.RepositoryRoot,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folders.Dispose();
}

/// <summary>Tests that build the same projects for release: one after the other.</summary>
[CollectionDefinition(nameof(Publishing))]
public sealed class Publishing;
