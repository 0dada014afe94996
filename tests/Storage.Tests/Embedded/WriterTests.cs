using Microsoft.Data.Sqlite;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Embedded;

public sealed class WriterTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _begun = new();
    private readonly ManualResetEventSlim _mayEnd = new();
    private readonly Readers _readers;
    private readonly Writer _writer;

    public WriterTests()
    {
        var file = new DatabaseFile(_folder.PathOf("store.db"), TimeSpan.FromSeconds(8));
        file.Prepare();
        _readers = new Readers(file);
        _writer = new Writer(file);
    }

    public void Dispose()
    {
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _readers.Dispose();
        _mayEnd.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_CancelledWhileQueued_DoesNotHappen()
    {
        var first = await BeginSlowAsync(None);
        using var cancellation = new CancellationTokenSource();
        var queued = _writer.WriteAsync(session => Put(session, "queued"), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        _mayEnd.Set();
        await first;
        await _writer.WriteAsync(session => Put(session, "last"), None);
        Assert.Equal(["slow", "last"], await KeysAsync());
    }

    [Fact]
    public async Task Write_CancelledAfterItBegan_ReportsWhatHappened()
    {
        using var cancellation = new CancellationTokenSource();
        var first = await BeginSlowAsync(cancellation.Token);

        await cancellation.CancelAsync();
        _mayEnd.Set();

        Assert.Equal(1, await first);
        Assert.Equal(["slow"], await KeysAsync());
    }

    [Fact]
    public async Task Write_OneOfSeveralIsRefused_TheOthersHappen()
    {
        var first = await BeginSlowAsync(None);
        var before = _writer.WriteAsync(session => Put(session, "before"), None);
        var refused = _writer.WriteAsync<int>(_ => throw new InvalidOperationException("no"), None);
        var after = _writer.WriteAsync(session => Put(session, "after"), None);
        _mayEnd.Set();

        Assert.All(await Task.WhenAll(first, before, after), rows => Assert.Equal(1, rows));
        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        Assert.Equal(["slow", "before", "after"], await KeysAsync());
    }

    [Fact]
    public async Task Write_DatabaseFails_AllOfTheTransactionFailAndTheNextSucceeds()
    {
        var first = await BeginSlowAsync(None);
        var before = _writer.WriteAsync(session => Put(session, "before"), None);
        var failing = _writer.WriteAsync<int>(_ => throw new SqliteException("full", SQLitePCL.raw.SQLITE_FULL), None);
        _mayEnd.Set();

        Assert.Equal(1, await first);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => before);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => failing);
        await _writer.WriteAsync(session => Put(session, "next"), None);
        Assert.Equal(["slow", "next"], await KeysAsync());
    }

    [Fact]
    public async Task Write_NotCommittedYet_IsNotSeen()
    {
        var first = await BeginSlowAsync(None);

        Assert.Empty(await KeysAsync());
        _mayEnd.Set();
        await first;
        Assert.Equal(["slow"], await KeysAsync());
    }

    [Theory]
    [InlineData(SQLitePCL.raw.SQLITE_BUSY)]
    [InlineData(SQLitePCL.raw.SQLITE_FULL)]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR)]
    [InlineData(SQLitePCL.raw.SQLITE_READONLY)]
    [InlineData(SQLitePCL.raw.SQLITE_CORRUPT)]
    public async Task Read_DatabaseFails_IsUnavailable(int code) =>
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            _readers.ReadAsync<int>(_ => throw new SqliteException("injected", code), None)
        );

    [Fact]
    public async Task Read_MistakeOfOurs_StaysWhatItIs() =>
        await Assert.ThrowsAsync<SqliteException>(() =>
            _readers.ReadAsync(session => session.Scalar<long>("SELECT nothing FROM nowhere"), None)
        );

    [Fact]
    public async Task Read_Writes_AreRefused() =>
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            _readers.ReadAsync(session => Put(session, "sneaked in"), None)
        );

    // Holds the writer inside its transaction, so that what is queued meanwhile is committed together.
    private async Task<Task<int>> BeginSlowAsync(CancellationToken cancellation)
    {
        var slow = _writer.WriteAsync(
            session =>
            {
                _begun.SetResult();
                _mayEnd.Wait(TimeSpan.FromSeconds(30));
                return Put(session, "slow");
            },
            cancellation
        );
        await _begun.Task;
        return slow;
    }

    private static int Put(Session session, string key) =>
        session.Execute("INSERT INTO rows VALUES (?1, ?2, ?3, ?4, ?5)", "t", "p", key, "1", "{}");

    private Task<List<string>> KeysAsync() =>
        _readers.ReadAsync(
            session =>
            {
                var keys = new List<string>();
                using var reader = session.Query("SELECT key FROM rows ORDER BY rowid");
                while (reader.Read())
                    keys.Add(reader.GetString(0));
                return keys;
            },
            None
        );
}
