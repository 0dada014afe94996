using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using TimeTagger.Api.Tests.Durability;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Configuration;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;

namespace TimeTagger.Api.Tests.Operating;

/// <summary>The verb <c>erase</c>, beside the product.</summary>
[NotUnderFunctions("Verbs are of the program for one machine, and ask no host.")]
[Collection(nameof(Proofs))]
public sealed class EraseTests(ProofStores stores)
{
    private const int SliceBytes = 24;
    private const int NoiseBytes = 160;

    [Theory]
    [InlineData(StorageKind.Embedded)]
    [InlineData(StorageKind.Azure)]
    public async Task Erase_BesideARunningServer_EndsTheAccountAndNoOther(StorageKind kind)
    {
        using var store = await stores.OpenAsync(kind);
        await using var server = await store.StartServerAsync();
        var (account, other) = (await store.NewAccountAsync(server), await store.NewAccountAsync(server));
        var program = account.With(await account.GetTokenAsync("apitoken"));
        await FillAsync(account);
        await other.StoreAsync("records", $"[{ApiClient.Record("kept")}]");
        var cursor = (await account.PollAsync(0)).ServerTime;

        var erase = await store.OperateAsync("erase", account.User, "--yes");

        Assert.Equal((0, ""), (erase.Code, erase.Error));
        Assert.Equal(2, erase.Output.Count);
        Assert.StartsWith($"The account '{account.User}' (l.", erase.Output[0], StringComparison.Ordinal);
        Assert.StartsWith("Erased, for good", erase.Output[1], StringComparison.Ordinal);
        Assert.Equal(401, (await account.GetAsync("records?timerange=0-9999999999")).Status);
        Assert.Equal(401, (await program.GetAsync("updates?since=0")).Status);
        Assert.Equal(401, (await account.PutAsync("records", $"[{ApiClient.Record("late")}]")).Status);
        Assert.Equal(["kept"], (await other.PollAsync(0)).RecordKeys);

        var again = await ApiClient.SignInAsync(server.Http, account.User);
        var poll = await again.PollAsync(cursor);
        Assert.True(poll.Reset);
        Assert.Empty(poll.Records);
        Assert.Empty(poll.Settings);
        await again.StoreAsync("records", $"[{ApiClient.Record("new")}]");
        Assert.Equal(["new"], (await again.PollAsync(0)).RecordKeys);
        Assert.Equal(401, (await account.GetAsync("updates?since=0")).Status);
        await store.AssertNothingWrongAsync();
        server.AssertSound();
    }

    [Fact]
    public async Task Erase_OfTheEmbeddedStore_LeavesNoByteOfAnEntryInItsFiles()
    {
        using var store = await stores.OpenAsync(StorageKind.Embedded);
        await using var server = await store.StartServerAsync();
        var account = await store.NewAccountAsync(server);
        await FillAsync(account);
        for (var i = 0; i < 200; i++)
        {
            await account.StoreAsync("records", ApiClient.Incompressible(100 + i, 3, NoiseBytes));
        }

        var slices = await SlicesAsync(store);
        Assert.InRange(slices.Count, 500, int.MaxValue);
        Assert.InRange(await CountFoundAsync(store, slices), slices.Count * 9 / 10, slices.Count); // Not across pages.

        Assert.Equal(0, (await store.OperateAsync("erase", account.User, "--yes")).Code);

        Assert.Equal(0, await CountFoundAsync(store, slices));
    }

    [Fact]
    public async Task Erase_Unconfirmed_SaysWhatItWouldDoAndDoesNothing()
    {
        using var store = await stores.OpenAsync(StorageKind.Embedded);
        await using var server = await store.StartServerAsync();
        var account = await store.NewAccountAsync(server);
        await FillAsync(account);

        var erase = await store.OperateAsync("erase", account.User);

        Assert.Equal((1, ""), (erase.Code, erase.Error));
        Assert.Contains("with 2 changes in its journal", erase.Output[0], StringComparison.Ordinal);
        Assert.EndsWith("Nothing has been: that takes --yes.", erase.Output[1], StringComparison.Ordinal);
        Assert.NotEmpty((await account.PollAsync(0)).Records);
    }

    [Fact]
    public async Task Erase_ByKey_ErasesAndAskedAgainFindsNoAccount()
    {
        using var store = await stores.OpenAsync(StorageKind.Embedded);
        await using var server = await store.StartServerAsync();
        var account = await store.NewAccountAsync(server);
        var accounts = await store.OperateAsync("accounts");
        var line = Assert.Single(accounts.Output).Split(' ');
        Assert.Equal((0, account.User), (accounts.Code, line[2]));
        Assert.Matches("^[0-9a-f]{10}$", line[0]);

        Assert.Equal(0, (await store.OperateAsync("erase", line[1], "--yes")).Code);
        var again = await store.OperateAsync("erase", account.User, "--yes");

        Assert.Equal(1, again.Code);
        Assert.StartsWith(
            $"There is no account '{account.User}'.",
            Assert.Single(again.Output),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            " (erased)",
            Assert.Single((await store.OperateAsync("accounts")).Output),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Erase_NameThatATerminalWouldObey_IsWrittenOut()
    {
        using var data = new DataFolder();
        await OpenAsync(data, "\u001b[2Jada");

        var accounts = await OperatorProcess.RunAsync("accounts", "--datadir", data.Path);
        var erase = await OperatorProcess.RunAsync("erase", "\u001b[2J", "--datadir", data.Path);

        Assert.EndsWith(" \\u001B[2Jada", Assert.Single(accounts.Output), StringComparison.Ordinal);
        Assert.StartsWith("There is no account '\\u001B[2J'.", Assert.Single(erase.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_ByWhatIsTheNameOfOneAndTheKeyOfAnother_AsksWhich()
    {
        using var data = new DataFolder();
        await OpenAsync(data, "ada", "l.YWRh");

        var either = await OperatorProcess.RunAsync("erase", "l.YWRh", "--yes", "--datadir", data.Path);
        var first = await OperatorProcess.RunAsync("erase", "l.bC5ZV1Jo", "--yes", "--datadir", data.Path);
        var other = await OperatorProcess.RunAsync("erase", "ada", "--yes", "--datadir", data.Path);

        Assert.Equal((2, 0, 0), (either.Code, first.Code, other.Code));
        Assert.EndsWith(
            "Say 'l.bC5ZV1Jo' for the first, or 'ada' for the other.",
            either.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Erase_WhereItHasBegunAlready_SaysSo()
    {
        using var store = await stores.OpenAsync(StorageKind.Embedded);
        ApiClient account;
        await using (var server = await store.StartServerAsync())
        {
            account = await store.NewAccountAsync(server);
        }

        await ExecuteAsync(
            store,
            """
            INSERT INTO rows SELECT 'system', 'erasures', partition || '~' || json_extract(properties, '$.Created'),
            '0', '{}' FROM rows WHERE key = 'head'
            """
        );
        var erase = await store.OperateAsync("erase", account.User, "--yes");

        Assert.Equal(1, erase.Code);
        Assert.Contains("is being erased already", Assert.Single(erase.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_StorageDoesNotAnswer_SaysWhatToDo()
    {
        using var store = await stores.OpenAsync(StorageKind.Embedded);
        await using var server = await store.StartServerAsync();
        var account = await store.NewAccountAsync(server);
        await using var connection = new SqliteConnection($"Data Source={store.Database};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction(); // Takes the lock to write.

        var erase = await store.OperateAsync("erase", account.User, "--yes");

        Assert.Equal(2, erase.Code);
        Assert.Contains("another process holds its lock for too long", erase.Error, StringComparison.Ordinal);
        Assert.Contains("not erased yet, or only in part. Ask again", erase.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("erase needs an account: its name, exactly, or its key.")]
    [InlineData("erase needs an account: its name, exactly, or its key.", "--yes")]
    [InlineData("Unknown argument 'c'", "a", "c", "--yes")]
    [InlineData("Unknown argument '--force'", "ada", "--force")]
    [InlineData("--storage: 'azure' needs storage_account", "ada", "--yes", "--storage", "azure")]
    [InlineData("'/nowhere/timetagger.db' is not there.", "ada", "--yes", "--datadir", "/nowhere")]
    public async Task Erase_WithAMistake_NamesItAndEndsWithTwo(string sentence, params string[] args)
    {
        var erase = await OperatorProcess.RunAsync(["erase", .. args]);

        Assert.Equal(2, erase.Code);
        Assert.StartsWith(sentence, erase.Error, StringComparison.Ordinal);
        Assert.Empty(erase.Output);
    }

    private static async Task OpenAsync(DataFolder data, params IEnumerable<string> names)
    {
        await using var storage = EmbeddedStorage.Open(data.Database, TimeProvider.System);
        using var random = RandomNumberGenerator.Create();
        var budget = new MemoryBudget(1 << 20, TimeProvider.System);
        var journal = new AccountJournal(storage.Account, budget, TimeProvider.System, random);
        foreach (var name in names)
        {
            using var opened = await journal.OpenAsync(AccountKey.Local(name), name, "k0001", default);
        }
    }

    // One entry in a row, one in a blob.
    private static async Task FillAsync(ApiClient account)
    {
        await account.StoreAsync("records", ApiClient.Incompressible(1, 20, NoiseBytes));
        await account.StoreAsync("records", ApiClient.Incompressible(2, 7000, NoiseBytes));
    }

    /// <summary>Pieces of what the store has of entries, from end to end, as its file has them.</summary>
    private static async Task<List<byte[]>> SlicesAsync(ProofStore store)
    {
        await using var connection = new SqliteConnection($"Data Source={store.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT CAST(json_extract(properties, '$.D0.b') AS BLOB) FROM rows WHERE json_type(properties, '$.D0') IS NOT NULL
            UNION ALL SELECT content FROM blobs
            """;
        await using var reader = await command.ExecuteReaderAsync();
        var slices = new List<byte[]>();
        while (await reader.ReadAsync())
        {
            var content = reader.GetFieldValue<byte[]>(0);
            slices.AddRange(content.Chunk(2000).Select(chunk => chunk[..Math.Min(SliceBytes, chunk.Length)]));
        }

        return [.. slices.Where(slice => slice.Length == SliceBytes)];
    }

    private static async Task<int> CountFoundAsync(ProofStore store, List<byte[]> slices)
    {
        var text = Encoding.Latin1.GetString(await store.BytesAsync());
        return slices.Count(slice => text.Contains(Encoding.Latin1.GetString(slice), StringComparison.Ordinal));
    }

    private static async Task ExecuteAsync(ProofStore store, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={store.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
