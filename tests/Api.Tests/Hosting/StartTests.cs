using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>A server that cannot start says why in one sentence and ends with code 1 or, where a setting is wrong, 2; one that can, ends when it should.</summary>
[NotUnderFunctions("It is about the process of one machine, not about that of a host.")]
public sealed class StartTests
{
    [Theory]
    [InlineData(
        "TIMETAGGER_CREDENTIALS",
        "secret",
        "TIMETAGGER_CREDENTIALS: entry 1 is not of the form user:bcrypt-hash"
    )]
    [InlineData("TIMETAGGER_CREDENTIALS", ":$2a$05$secret", "TIMETAGGER_CREDENTIALS: entry 1 is not of the form")]
    [InlineData("TIMETAGGER_CREDENTIALS", "ann:plainsecret", "TIMETAGGER_CREDENTIALS: entry 1 is not of the form")]
    [InlineData("TIMETAGGER_CREDENTIALS", "ann:$2a$05$secret", "TIMETAGGER_CREDENTIALS: entry 1 is not of the form")]
    [InlineData(
        "TIMETAGGER_STORAGE_CONNECTION",
        "secret",
        "TIMETAGGER_STORAGE_CONNECTION: the value is not a connection"
    )]
    [InlineData("TIMETAGGER_DATADIR", " ", "TIMETAGGER_DATADIR: the path is empty")]
    [InlineData("TIMETAGGER_BIND", "everywhere", "TIMETAGGER_BIND: 'everywhere' is not an address and a port")]
    [InlineData("TIMETAGGER_STOP_WITH_STDIN", "maybe", "TIMETAGGER_STOP_WITH_STDIN: 'maybe' is not true, yes, on or 1")]
    [InlineData("TIMETAGGER_MEMORY_MB", "512M", "TIMETAGGER_MEMORY_MB: '512M' is not a whole number")]
    [InlineData("TIMETAGGER_LOG_LEVEL", "loud", "TIMETAGGER_LOG_LEVEL: 'loud' is not one of debug, info")]
    public async Task Start_WithAMalformedSetting_NamesItAndKeepsSecrets(string name, string? value, string sentence)
    {
        using var data = new DataFolder();

        var error = await FailAsync(data.Path, (name, value));

        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task Start_WithAUserThatCannotHaveAnAccount_NamesTheUser()
    {
        using var data = new DataFolder();
        var user = new string('x', 500);

        var error = await FailAsync(data.Path, ("TIMETAGGER_CREDENTIALS", $"{user}:{Credentials.Hash2B}"));

        Assert.StartsWith(
            $"TIMETAGGER_CREDENTIALS: '{user}': The user name is too long.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Start_WhereTheDatabaseIsAnotherKindOfFile_SaysSoAndLeavesIt()
    {
        using var data = new DataFolder();
        var letter = string.Concat(Enumerable.Repeat("Dear diary. ", 500));
        await File.WriteAllTextAsync(data.Database, letter);

        var error = await FailAsync(data.Path);

        Assert.Contains("is not a database", error, StringComparison.Ordinal);
        Assert.Equal(letter, await File.ReadAllTextAsync(data.Database));
    }

    [Fact]
    public async Task Start_WhereTheDatabaseIsAnotherPrograms_SaysSoAndLeavesIt()
    {
        using var data = new DataFolder();
        await using (var connection = new SqliteConnection($"Data Source={data.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (x)";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Contains("another program's database", await FailAsync(data.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereTheDatabaseIsAFolder_SaysSo()
    {
        using var data = new DataFolder();
        Directory.CreateDirectory(data.Database);

        Assert.Contains("timetagger.db", await FailAsync(data.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public async Task Start_WhereTheDataFolderCannotBe_SaysSo(string path)
    {
        using var data = new DataFolder();
        await File.WriteAllTextAsync(Path.Combine(data.Path, "file"), "");

        var error = await FailAsync(Path.Combine(data.Path, path));

        Assert.Contains("file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAConnectionThatIsNone_SaysSoWithoutRepeatingIt()
    {
        using var data = new DataFolder();

        var error = await FailAsync(
            data.Path,
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_CONNECTION", "AccountName=abc;AccountKey=c2VjcmV0*")
        );

        Assert.StartsWith("storage_connection: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Fact]
    public async Task Start_WithUnknownVariables_NamesThemOnceInTheLogWithoutTheirValues()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            data.Path,
            ("TIMETAGGER_LOGLEVEL", "secret"),
            ("TIMETAGGER_DATADIRECTORY", "secret"),
            ("TIMETAGGER_PROOF_SCALE", "1"),
            ("TIMETAGGER_LOG_LEVEL", "warning")
        );

        server.CloseInput();

        Assert.Equal(0, await server.ExitCodeAsync());
        var line = Assert.Single(server.Output.Split('\n'), line => line.Contains(" warn: ", StringComparison.Ordinal));
        Assert.EndsWith(
            "there is no such setting: TIMETAGGER_DATADIRECTORY, TIMETAGGER_LOGLEVEL",
            line,
            StringComparison.Ordinal
        );
        server.AssertSound();
    }

    [Fact]
    public async Task Stop_WhenStandardInputEnds_IsOrderly()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Path);

        server.CloseInput();

        Assert.Equal(0, await server.ExitCodeAsync());
        server.AssertSound();
    }

    [Fact]
    public async Task Stop_WhenStandardInputEndedBeforeTheStart_IsOrderly()
    {
        using var data = new DataFolder();
        await using var server = ServerProcess.Launch(ServerProcess.FreePort(), data.Path);

        server.CloseInput();

        Assert.Equal(0, await server.ExitCodeAsync());
        server.AssertSound();
    }

    [Fact]
    public async Task Stop_WithoutTheSetting_DoesNotFollowStandardInput()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Path, ("TIMETAGGER_STOP_WITH_STDIN", null));

        server.CloseInput();

        Assert.Equal(200, (await new ApiClient(server.Http, "nobody", null).GetAsync("")).Status);
        await server.KillAsync();
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:{0}")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "{0}")]
    [InlineData("Kestrel__Endpoints__Http__Url", "http://127.0.0.1:{0}")]
    public async Task Start_ToldOfAnotherAddressByTheFramework_ListensOnlyWhereItShould(string name, string value)
    {
        using var data = new DataFolder();

        // Taken, so that a server which tried to listen there as well could not start.
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var other = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var server = await ServerProcess.StartAsync(
            data.Path,
            (name, value.Replace("{0}", $"{other}", StringComparison.Ordinal))
        );

        Assert.Equal(200, (await new ApiClient(server.Http, "nobody", null).GetAsync("")).Status);
        Assert.False(taken.Pending());
    }

    [Fact]
    public async Task Start_Again_KnowsTokensAndData()
    {
        using var data = new DataFolder();
        var users = ("TIMETAGGER_CREDENTIALS", (string?)Credentials.AllUsers);
        ApiClient account;
        string program;
        await using (var first = await ServerProcess.StartAsync(data.Path, users))
        {
            account = await ApiClient.SignInAsync(first.Http, Credentials.User(1));
            program = await account.GetTokenAsync("apitoken");
            await account.StoreAsync("records", $"[{ApiClient.Record("a")}]");
        }

        await using var second = await ServerProcess.StartAsync(data.Path, users);
        var again = account.At(second.Http);

        Assert.Equal(["a"], (await again.PollAsync("0")).RecordKeys);
        Assert.Equal(program, await again.GetTokenAsync("apitoken"));
        Assert.Equal(200, (await again.With(program).GetAsync("settings")).Status);
    }

    private static async Task<string> FailAsync(string dataFolder, params (string Name, string? Value)[] variables)
    {
        await using var server = ServerProcess.Launch(ServerProcess.FreePort(), dataFolder, variables);
        Assert.InRange(await server.ExitCodeAsync(), 1, 2);
        return AssertOneSentence(server);
    }

    private static string AssertOneSentence(ServerProcess server)
    {
        var lines = server.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain("   at ", server.Error + server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", server.Error + server.Output, StringComparison.Ordinal);
        return Assert.Single(lines);
    }
}
