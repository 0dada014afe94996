using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Xunit;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>
/// A store in memory that tells the truth of what is stored to its journal, and holds maintenance to its rules: what
/// is still needed stays, and nothing moves backwards.
/// </summary>
internal sealed class WatchedStore(MemoryStorage memory, AccountKey account, TimeProvider clock, TimeSpan retention)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    // A clock that is off by less than five seconds is believed, and the storage's own may be off by one.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(15);

    private readonly EntryRows _entries = new(memory.Commits);
    private readonly SnapshotBlobs _snapshots = new(memory.Snapshots);
    private readonly Dictionary<string, (DateTimeOffset At, ServerTime Life)> _superseded = [];
    private long _trimmedBelow;

    internal JournalTruth Truth { get; } = new();

    /// <summary>How often something happened: snapshots taken, entries trimmed.</summary>
    internal (int Snapshots, int Trimmed) Counts { get; private set; }

    internal StorageAccount Account =>
        memory.Account with
        {
            Journal = new Table(this, memory.Journal),
            Commits = new Blobs(memory.Commits, CommitGoes),
            Snapshots = new Blobs(memory.Snapshots, SnapshotGoes),
        };

    internal AccountHead? Head =>
        Now(memory.Journal.GetAsync(account.Value, JournalKeys.Head, default)) is { } row
            ? AccountHead.From(row)
            : null;

    internal List<Row> Rows =>
        [.. Now(memory.Journal.QueryAsync(account.Value, JournalKeys.All, 100_000, null, default)).Rows];

    /// <summary>The entry in a row.</summary>
    internal Entry Read(Row row) => Now(_entries.ReadAsync(row, default));

    private void Inserted(Row row)
    {
        var head = Head!;
        if (row.Key == JournalKeys.Head)
        {
            Truth.Begin(head.Created);
        }
        else
        {
            Assert.True(JournalKeys.NumberOf(row.Key) >= head.First, $"The number of {row.Key} was free again.");
            Truth.Store(Read(row), clock.GetUtcNow());
        }
    }

    private void HeadChanged(AccountHead before, AccountHead after)
    {
        Assert.True(after.First >= before.First, $"First went from {before.First} back to {after.First}.");
        if (after.Created != before.Created)
        {
            Assert.Equal((AccountLife.Erased, AccountLife.InUse), (before.Life, after.Life));
            Assert.Equal(Truth.Entries[^1].Entry.Number + 1, after.First);
            Truth.Begin(after.Created);
        }
        else if (after.Life != before.Life)
        {
            Assert.True(after.Life > before.Life, $"The account went from {before.Life} back to {after.Life}.");
            Assert.True(Truth.IsClosed, "The account is being erased without having been closed.");
        }

        if (after.First != before.First && after.Life == AccountLife.InUse)
        {
            _trimmedBelow = after.First;
        }

        if (after.Snapshot != before.Snapshot)
        {
            SnapshotChanged(before, after);
        }
    }

    private void SnapshotChanged(AccountHead before, AccountHead after)
    {
        if (before.Snapshot is { } old)
        {
            _superseded[old.Blob] = (clock.GetUtcNow(), Truth.Life);
        }

        if (after.Snapshot is not { } mark)
        {
            Assert.Equal(AccountLife.Erasing, after.Life);
            return;
        }

        Assert.Equal(AccountLife.InUse, after.Life);
        Assert.True(mark.Number > (before.Snapshot?.Number ?? 0), "The snapshot went backwards.");
        var view = Now(_snapshots.ReadAsync(mark, default));
        Truth.AssertSeen(view.LastSt.Next, ItemsOf(view), 0);
        Assert.Equal(Truth.Life, Truth.Find(mark.Number).Life);
        Counts = Counts with { Snapshots = Counts.Snapshots + 1 };
    }

    private void EntryGoes(long number)
    {
        Assert.True(number < Head!.First, $"Entry {number} was deleted while it is valid.");
        if (number < _trimmedBelow)
        {
            AssertOld(number, retention, "its time is over");
            Counts = Counts with { Trimmed = Counts.Trimmed + 1 };
        }
        else
        {
            AssertOld(Truth.ClosingOf(number), Grace, "late writers do not come any more");
        }
    }

    private void AssertOld(long number, TimeSpan age, string when)
    {
        var isOld = clock.GetUtcNow() + Tolerance - Truth.Find(number).Stored >= age;
        Assert.True(isOld, $"An entry was deleted before {when}: {number}.");
    }

    private void EntryChanges(Row row) =>
        Assert.True(JournalKeys.NumberOf(row.Key) < Head!.First, $"{row.Key} was changed while it is valid.");

    private void SnapshotGoes(string blob)
    {
        Assert.True(blob != Head!.Snapshot?.Blob, "The snapshot in force was deleted.");
        if (_superseded.TryGetValue(blob, out var last) && last.Life == Truth.Life && !Truth.IsClosed)
        {
            var age = clock.GetUtcNow() + Tolerance - last.At;
            Assert.True(age >= Grace, "A snapshot was deleted that readers may still want.");
        }
    }

    private void CommitGoes(string blob)
    {
        var named = Rows.Find(row => JournalKeys.NumberOf(row.Key) >= Head!.First && row.Text("Blob") == blob);
        Assert.True(named is null, $"The blob of entry {named?.Key} was deleted.");
    }

    internal static Dictionary<string, (Item Item, ServerTime St)> ItemsOf(AccountView view) =>
        view.All(ItemKind.Record).ToList().ToDictionary(stored => stored.Item.Key, stored => (stored.Item, stored.St));

    // Nothing of a store in memory waits.
    private static T Now<T>(Task<T> done) => done.GetAwaiter().GetResult();

    private sealed class Table(WatchedStore watch, MemoryTable inner) : ITable
    {
        public Task<RowPage> QueryAsync(
            string partition,
            RowRange range,
            int top,
            string? continuation,
            CancellationToken cancellation
        ) => inner.QueryAsync(partition, range, top, continuation, cancellation);

        public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
            inner.GetAsync(partition, key, cancellation);

        public async Task<bool> InsertAsync(Row row, CancellationToken cancellation)
        {
            var done = await inner.InsertAsync(row, cancellation);
            if (done)
            {
                watch.Inserted(row);
            }

            return done;
        }

        public async Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation)
        {
            var before = watch.Head!;
            var done = await inner.MergeAsync(row, ifMatch, cancellation);
            if (row.Key == JournalKeys.Head)
            {
                watch.HeadChanged(before, watch.Head!);
            }
            else
            {
                watch.EntryChanges(row);
            }

            return done;
        }

        public async Task<bool> DeleteAsync(
            string partition,
            string key,
            string? ifMatch,
            CancellationToken cancellation
        )
        {
            var done = await inner.DeleteAsync(partition, key, ifMatch, cancellation);
            if (done)
            {
                watch.EntryGoes(JournalKeys.NumberOf(key)!.Value);
            }

            return done;
        }
    }

    private sealed class Blobs(MemoryBlobs inner, Action<string> goes) : IBlobs
    {
        public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
            inner.PutAsync(name, content, cancellation);

        public Task<byte[]?> GetAsync(string name, CancellationToken cancellation) =>
            inner.GetAsync(name, cancellation);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellation)
        {
            goes(name);
            return inner.DeleteAsync(name, cancellation);
        }

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellation) =>
            inner.ListAsync(prefix, cancellation);
    }
}
