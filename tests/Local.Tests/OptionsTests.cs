using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

public sealed class OptionsTests
{
    private const string Hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    [Theory]
    [InlineData("Unknown argument '--foo'", "--foo")]
    [InlineData("Unknown argument '--foo'", "--foo=1")]
    [InlineData("Unknown argument 'foo'", "foo")]
    [InlineData("Unknown argument '--Bind'", "--Bind", "127.0.0.1:8080")]
    [InlineData("--bind needs a value", "--bind")]
    [InlineData("--bind is given twice", "--bind", "127.0.0.1:8080", "--bind=127.0.0.1:8081")]
    [InlineData("--bind: '8080' is not an address and a port", "--bind", "8080")]
    [InlineData("--bind: 'example.com:80' is not an address and a port", "--bind", "example.com:80")]
    [InlineData("--bind: '::1:8080' is not an address and a port", "--bind=::1:8080")]
    [InlineData("--bind: '127.0.0.1:0' does not end with a port", "--bind", "127.0.0.1:0")]
    [InlineData("--bind: '127.0.0.1:65536' does not end with a port", "--bind", "127.0.0.1:65536")]
    [InlineData("--datadir: the path is empty", "--datadir=")]
    [InlineData("--credentials: entry 2 is not of the form user:bcrypt-hash", "--credentials", $"me:{Hash},you:b$5")]
    [InlineData("--log_level: 'loud' is not one of debug, info, warning, error", "--log_level", "loud")]
    [InlineData("--memory_mb: '0' is not a whole number", "--memory_mb=0")]
    [InlineData("--storage: 's3' is not one of embedded, azure, azurite", "--storage", "s3")]
    [InlineData("--storage: 'azure' needs storage_account", "--storage", "azure")]
    [InlineData("--host: 'cloud' is not one of direct, functions", "--host", "cloud")]
    [InlineData(
        "--host: 'functions' needs storage_connection",
        "--host=functions",
        "--storage=azure",
        "--storage_account=abc"
    )]
    [InlineData("--site: the path is empty", "--site=")]
    [InlineData("Unknown argument after the value of --credentials.", "--credentials", "", "b$5")]
    public async Task Start_ArgumentItDoesNotTake_IsNamedInOneSentence(string sentence, params string[] args)
    {
        await using var program = LocalProgram.Start(args);
        Assert.Equal(2, await program.ExitAsync());
        Assert.StartsWith(sentence, program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', program.Output);
        Assert.DoesNotContain("b$5", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MalformedVariable_IsNamedInOneSentence()
    {
        await using var program = LocalProgram.Start([], ("TIMETAGGER_BIND", "nowhere"));
        Assert.Equal(2, await program.ExitAsync());
        Assert.StartsWith("TIMETAGGER_BIND: 'nowhere'", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ArgumentsAndVariables_TheArgumentsWin()
    {
        using var data = new TemporaryFolder();
        using var site = new TemporaryFolder();
        var folder = Path.Combine(data.Path, "new", "folder");
        var bind = $"127.0.0.1:{LocalProgram.FreePort()}";
        await using var program = LocalProgram.Start(
            ["--datadir", folder, $"--bind={bind}", "--site", site.Path],
            ("TIMETAGGER_BIND", "nowhere"),
            ("TIMETAGGER_DATADIR", "/nowhere"),
            ("TIMETAGGER_CREDENTIALS", $"me:{Hash}; you:{Hash}"),
            ("TIMETAGGER_LOG_LEVEL", "DEBUG"),
            ("TIMETAGGER_MEMORY_MB", ""),
            ("TIMETAGGER_STOP_WITH_STDIN", "no"),
            ("TIMETAGGER_LOGLEVEL", "misspelt"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:1"),
            ("Logging__LogLevel__Default", "Trace")
        );
        await program.RunningAsync();
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri($"http://{bind}/status?tag=secret"));

        var call = await program.LineAsync("GET /status 200");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ dbug: ", call);
        await program.LineAsync("there is no such setting: TIMETAGGER_LOGLEVEL");
        Assert.DoesNotContain("secret", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("misspelt", program.Output, StringComparison.Ordinal);
        Assert.Contains($"Data folder: {folder}", program.Output, StringComparison.Ordinal);
        Assert.Contains($"TimeTagger is running: http://{bind}/", program.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "timetagger.db")));
    }

    [Fact]
    public async Task Start_Help_ListsTheOptions()
    {
        await using var program = LocalProgram.Start(["--help"]);
        Assert.Equal(0, await program.ExitAsync());
        var names = program
            .Output.Split('\n')
            .Where(line => line.StartsWith("  --", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[0]);
        Assert.Equal(
            [
                "--bind",
                "--datadir",
                "--log_level",
                "--credentials",
                "--proxy_auth_enabled",
                "--proxy_auth_trusted",
                "--proxy_auth_header",
                "--site_origin",
                "--storage",
                "--storage_connection",
                "--storage_account",
                "--host",
                "--memory_mb",
                "--quota_items",
                "--quota_mb",
                "--rate_token",
                "--rate_address",
                "--retention_days",
                "--stop_with_stdin",
                "--help",
                "--site",
                "--watch",
                "--package",
            ],
            names
        );
        Assert.Contains(
            "Default: 127.0.0.1:8080. Variable: TIMETAGGER_BIND.",
            program.Output,
            StringComparison.Ordinal
        );
    }
}
