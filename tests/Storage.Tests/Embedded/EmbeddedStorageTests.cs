using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Embedded;

public sealed class EmbeddedStorageTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    private string File => _folder.PathOf("folder/store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_Again_EverythingIsThere()
    {
        await using (var first = Open())
        {
            await first.Account.Journal.InsertAsync(NewRow("head", "a"), None);
            await first.Account.Commits.PutAsync("commits/a", new byte[] { 1 }, None);
            await first.Account.Maintenance.SendAsync("message", TimeSpan.Zero, None);
        }

        await using var second = Open();

        Assert.Equal("a", (await second.Account.Journal.GetAsync("p", "head", None))?.Text("Text"));
        Assert.Equal(new byte[] { 1 }, await second.Account.Commits.GetAsync("commits/a", None));
        Assert.Equal("message", (await second.Account.Maintenance.ReceiveAsync(TimeSpan.FromSeconds(9), None))?.Body);
    }

    [Fact]
    public async Task Insert_FilesAsAKillLeavesThem_EveryAnsweredRowIsThere()
    {
        await using var killed = Open();
        for (var number = 0; number < 50; number++)
            await killed.Account.Journal.InsertAsync(NewRow($"z{number:D2}", "a"), None);
        var copy = _folder.PathOf("copy.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");

        await using var next = EmbeddedStorage.Open(copy, _clock);

        var page = await next.Account.Journal.QueryAsync("p", new RowRange("", "~"), 1000, null, None);
        Assert.Equal(50, page.Rows.Count);
    }

    [Fact]
    public async Task Open_NewFileByTwoAtOnce_BothOpenIt()
    {
        // The second comes at another moment of the first's work in each round.
        for (var round = 0; round < 100; round++)
        {
            var file = _folder.PathOf($"{round}.db");
            var first = Task.Run(() => EmbeddedStorage.Open(file, _clock).Dispose());
            SpinWait.SpinUntil(() => System.IO.File.Exists(file));
            for (var spins = 0; spins < round; spins++)
                Thread.SpinWait(500);
            EmbeddedStorage.Open(file, _clock).Dispose();
            await first;
        }
    }

    [Fact]
    public async Task Insert_SameKeysBySeveralInstances_OneWinsEach()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Open)));
        var won = new int[20];

        await Task.WhenAll(
            opened.Select(
                (storage, instance) =>
                    Task.Run(async () =>
                    {
                        for (var number = 0; number < won.Length; number++)
                        {
                            var row = NewRow($"z{number:D2}", $"{instance}");
                            if (await storage.Account.Journal.InsertAsync(row, None))
                                Interlocked.Increment(ref won[number]);
                        }
                    })
            )
        );

        Assert.All(won, winners => Assert.Equal(1, winners));
        foreach (var storage in opened)
        {
            var page = await storage.Account.Journal.QueryAsync("p", new RowRange("", "~"), 1000, null, None);
            Assert.Equal(won.Length, page.Rows.Count);
            await storage.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_NewFile_IsItsOwnersAlone()
    {
        await using var storage = Open();
        await storage.Account.Journal.InsertAsync(NewRow("head", "a"), None);

        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(Owner, System.IO.File.GetUnixFileMode(File + "-wal"));
        Assert.Equal(Owner | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void Open_NotADatabase_SaysSo()
    {
        var file = _folder.PathOf("notes.txt");
        System.IO.File.WriteAllText(file, string.Concat(Enumerable.Repeat("These are my notes. ", 100)));

        var error = Assert.Throws<InvalidDataException>(() => EmbeddedStorage.Open(file, _clock));

        Assert.StartsWith($"'{file}' is not a database.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherProgramsDatabase_SaysSoAndLeavesItAlone()
    {
        var file = _folder.PathOf("other.db");
        ExecuteRaw(file, "CREATE TABLE notes (text TEXT)");
        var before = System.IO.File.ReadAllBytes(file);

        var error = Assert.Throws<InvalidDataException>(() => EmbeddedStorage.Open(file, _clock));

        Assert.Contains("another program's database", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllBytes(file));
    }

    [Fact]
    public void Open_NewerSchema_SaysSo()
    {
        Open().Dispose();
        ExecuteRaw(File, "PRAGMA user_version = 99");

        var error = Assert.Throws<InvalidDataException>(Open);

        Assert.Contains("newer release (schema 99;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderInTheWay_IsUnavailable() =>
        Assert.Throws<StorageUnavailableException>(() => EmbeddedStorage.Open(_folder.PathOf(""), _clock));

    [Fact]
    public async Task Insert_LockHeldByAnotherProcess_IsUnavailableUntilItIsReleased()
    {
        await using var storage = EmbeddedStorage.Open(File, _clock, TimeSpan.FromMilliseconds(50));
        using (var other = Connect(File))
        {
            Execute(other, "BEGIN IMMEDIATE");

            var error = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                storage.Account.Journal.InsertAsync(NewRow("head", "a"), None)
            );
            Assert.Contains("another process", error.Message, StringComparison.Ordinal);
            Assert.Null(await storage.Account.Journal.GetAsync("p", "head", None));
            Execute(other, "ROLLBACK");
        }

        Assert.True(await storage.Account.Journal.InsertAsync(NewRow("head", "a"), None));
    }

    [Fact]
    public async Task Calls_Disposed_AreUnavailable()
    {
        var storage = Open();
        await storage.DisposeAsync();
        await storage.DisposeAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            storage.Account.Journal.InsertAsync(NewRow("head", "a"), None)
        );
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            storage.Account.Journal.GetAsync("p", "head", None)
        );
    }

    [Fact]
    public async Task Dispose_WritesWaiting_CompletesThem()
    {
        var storage = Open();
        var writes = Enumerable
            .Range(0, 300)
            .Select(number => storage.Account.Journal.InsertAsync(NewRow($"z{number}", "a"), None))
            .ToArray();
        await storage.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), Assert.True);
    }

    [Fact]
    public async Task Delete_Row_LeavesNoTraceInTheFile()
    {
        const string Secret = "a-name-that-must-not-stay";
        await using (var storage = Open())
        {
            await storage.Account.Journal.InsertAsync(NewRow("head", Secret), None);
            await storage.Account.Journal.InsertAsync(NewRow("other", "stays"), None);
            await storage.Account.Journal.DeleteAsync("p", "head", null, None);
        }

        var content = System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(File));
        Assert.Contains("stays", content, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, content, StringComparison.Ordinal);
    }

    private static Row NewRow(string key, string text) =>
        new("p", key, new Dictionary<string, object> { ["Text"] = text });

    private EmbeddedStorage Open() => EmbeddedStorage.Open(File, _clock);

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void ExecuteRaw(string file, string sql)
    {
        using var connection = Connect(file);
        Execute(connection, sql);
    }
}
