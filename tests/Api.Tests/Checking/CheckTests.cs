using Microsoft.Data.Sqlite;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Checking;

/// <summary>The verb <c>check</c> of the server's command line, beside the product and after it.</summary>
[NotUnderFunctions("Verbs are of the program for one machine, and ask no host.")]
public sealed class CheckTests
{
    private static readonly (string, string?) AllUsers = ("TIMETAGGER_CREDENTIALS", Credentials.AllUsers);

    [Fact]
    public async Task Check_BesideARunningServer_CountsAndFindsNothing()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Path, AllUsers);
        await FillAsync(server);

        var check = await OperatorProcess.RunAsync("check", "--datadir", data.Path);

        Assert.Equal("2 accounts, 2 entries, 1,001 items in force: nothing wrong.", check.AssertNothingWrong());
        server.AssertSound();
    }

    [Fact]
    public async Task Check_AfterAKill_ChangesNoByteOfWhatIsStored()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Path, AllUsers);
        await FillAsync(server);
        await server.KillAsync();
        var before = await RowsAsync(data);

        (await OperatorProcess.RunAsync([("TIMETAGGER_DATADIR", data.Path)], "check")).AssertNothingWrong();

        Assert.Equal(before, await RowsAsync(data));
    }

    [Fact]
    public async Task Check_OfDamage_SaysWhereAndEndsWithOne()
    {
        using var data = new DataFolder();
        await using (var server = await ServerProcess.StartAsync(data.Path, AllUsers))
        {
            var account = await FillAsync(server);
            await account.StoreAsync("records", $"[{ApiClient.Record("later")}]");
        }

        await ExecuteAsync(data, "DELETE FROM rows WHERE key = 'z999999999998'");
        await ExecuteAsync(data, "INSERT INTO blobs VALUES ('commits', 'commits/l.bm9ib2R5/x-1', 0, x'00')");
        var check = await OperatorProcess.RunAsync("check", "--datadir", data.Path);

        Assert.Equal(1, check.Code);
        Assert.Equal(
            [
                "l.dXNlci0x: entry 2 follows entry 0",
                "l.dXNlci0x: entries from 2 on cannot be followed",
                "2 accounts, 0 entries, 0 items in force, 1 blob that no entry names: 2 findings.",
            ],
            check.Output
        );
    }

    [Fact]
    public async Task Check_WhereNothingIsStored_SaysSoAndMakesNothing()
    {
        using var data = new DataFolder();

        var check = await OperatorProcess.RunAsync("check", "--datadir", data.Path);

        Assert.Equal((2, $"'{data.Database}' is not there."), (check.Code, check.Error));
        Assert.Empty(check.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
    }

    [Theory]
    [InlineData("Unknown argument '--fix'", "--fix")]
    [InlineData("--storage: 'azurite' is for the local command", "--storage", "azurite")]
    [InlineData("--storage: 'azure' needs storage_account", "--storage", "azure")]
    [InlineData("storage_connection: ", "--storage", "azure", "--storage_connection", "AccountName=abc;AccountKey=b*")]
    public async Task Check_WithAMistake_NamesItAndEndsWithTwo(string sentence, params string[] args)
    {
        var check = await OperatorProcess.RunAsync(["check", .. args]);

        Assert.Equal(2, check.Code);
        Assert.StartsWith(sentence, check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', check.Error);
        Assert.Empty(check.Output);
    }

    [Fact]
    public async Task Check_AskedForHelp_ExplainsItself()
    {
        var check = await OperatorProcess.RunAsync("check", "--help");

        Assert.Equal(0, check.Code);
        Assert.Contains(check.Output, line => line.Contains("-- check [options]", StringComparison.Ordinal));
    }

    // A thousand records in one entry of one account, one setting in the other's.
    private static async Task<ApiClient> FillAsync(ServerProcess server)
    {
        var account = await ApiClient.SignInAsync(server.Http, Credentials.User(1));
        var records = Enumerable.Range(0, 1000).Select(i => ApiClient.Record($"r{i}"));
        await account.StoreAsync("records", $"[{string.Join(',', records)}]");
        var other = await ApiClient.SignInAsync(server.Http, Credentials.User(2));
        await other.StoreAsync("settings", """[{"key":"a","mt":1,"value":1}]""");
        return account;
    }

    private static async Task<List<string>> RowsAsync(DataFolder data)
    {
        await using var connection = new SqliteConnection($"Data Source={data.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT table_name || partition || key || etag || properties FROM rows ORDER BY 1";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        Assert.NotEmpty(rows);
        return rows;
    }

    private static async Task ExecuteAsync(DataFolder data, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={data.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
