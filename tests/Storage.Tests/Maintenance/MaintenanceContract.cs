using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Maintenance;

/// <summary>
/// Snapshots, retention, orphans and erasing, killed at every one of their storage calls, while readers warm and cold
/// must always see the right state. A store joins by deriving a class.
/// </summary>
public abstract partial class MaintenanceContract
{
    // Enough for a snapshot to be due, and for two windows of entries to trim.
    private const int Commits = 140;

    // Not enough: a snapshot is taken only because they are old.
    private const int FewCommits = 20;

    private protected abstract StorageAccount Storage { get; }

    /// <summary>The clock of the store and of the product.</summary>
    private protected abstract TimeProvider Clock { get; }

    private protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Maintain_SupersededSnapshot_StaysForADay()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(Commits);
        await one.Maintenance.MaintainAsync(Household.Account, default);
        await PassAsync(TimeSpan.FromDays(3));
        await one.FillAsync(Commits, first: 500);

        await one.Maintenance.MaintainAsync(Household.Account, default);
        Assert.Equal(2, await CountSnapshotsAsync());

        await PassAsync(TimeSpan.FromDays(2));
        await one.Maintenance.MaintainAsync(Household.Account, default);
        Assert.Equal(1, await CountSnapshotsAsync());
        Assert.Equal(await one.SyncAsync(), await New(2).SyncAsync());
    }

    [Fact]
    public async Task Maintain_BlobsThatNoEntryNames_GoAfterADayAndTheOthersStay()
    {
        var one = await NewAccountAsync();
        await one.PutAsync([.. Enumerable.Range(0, 7000).Select(i => new Record($"k{i}", 1, 1, 2, Noise(i)))]);
        var prefix = EntryRows.BlobPrefix(Household.Account);
        await Storage.Commits.PutAsync($"{prefix}dead-1", new byte[1], default);
        await Storage.Commits.PutAsync($"{prefix}dead-9", new byte[1], default);

        await one.Maintenance.MaintainAsync(Household.Account, default);
        Assert.Equal(3, await Storage.Commits.ListAsync(prefix, default).CountAsync());
        Assert.Equal(1, (await one.HeadAsync())!.Snapshot?.Number); // A cold reader need not unpack so large an entry.

        await PassAsync(TimeSpan.FromDays(2));
        await one.Maintenance.MaintainAsync(Household.Account, default);
        var left = await Storage.Commits.ListAsync(prefix, default).ToListAsync();
        Assert.DoesNotContain("dead", Assert.Single(left).Name, StringComparison.Ordinal);
        Assert.Equal(7000, (await New(2).KeysAsync()).Count);
        await AssertNothingIsWrongAsync();
    }

    [Theory]
    [InlineData(Commits, false)]
    [InlineData(Commits, true)]
    [InlineData(FewCommits, false)]
    [InlineData(FewCommits, true)]
    public async Task Maintain_KilledAtAnyCall_ReadersSeeTheRightStateAndTheNextOneFinishes(int commits, bool after)
    {
        var one = await NewAccountAsync();
        await one.FillAsync(commits);
        await PassAsync(Household.Retention + TimeSpan.FromDays(1));
        await one.FillAsync(3, first: 500);

        var step = 0;
        KilledAtStep kill;
        do
        {
            var before = await one.SyncAsync();
            kill = new KilledAtStep(step++, after);
            await RunKilledAsync(kill, doomed => doomed.Maintenance.MaintainAsync(Household.Account, default));
            Assert.Equal(before, await one.SyncAsync());
            Assert.Equal(before, await New(step).SyncAsync());
            await New(step).FillAsync(1, first: 600 + step);
        } while (kill.IsKilled);

        Assert.True(step > 5, "Maintenance asked nothing of the storage.");
        Assert.True((await one.HeadAsync())!.First > commits, "Not all was trimmed in the end.");
        await AssertNothingIsWrongAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_KilledAtAnyCall_SweepsFinishItAndNothingIsLeft(bool after)
    {
        for (var step = 0; ; step++)
        {
            var one = await NewAccountAsync();
            await one.FillAsync(5, first: step * 10);
            var kill = new KilledAtStep(step, after);
            await RunKilledAsync(kill, doomed => doomed.EraseAsync());
            if (!kill.IsKilled)
            {
                Assert.True(step > 5, "Erasing asked nothing of the storage.");
                break;
            }

            await New(2).SweepAsync();
            if (await New(4).HeadAsync() is { Life: AccountLife.InUse })
            {
                // Killed before it was noted down at all: nobody was told that it was done, and it is asked for again.
                Assert.InRange(step, 0, 1);
                await New(3).EraseAsync();
            }

            await AssertErasedAsync(keepsNumbers: true);
        }

        await PassAsync(TimeSpan.FromDays(2));
        await New(2).SweepAsync();
        await AssertErasedAsync(keepsNumbers: false);
        Assert.Equal(0, await Storage.System.RowsAsync(SystemRows.Erasures, SystemRows.All, default).CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erase_DamagedOrLargerThanMemory_ErasesAllTheSame(bool isDamaged)
    {
        var one = await NewAccountAsync();
        await one.FillAsync(5);
        var lost = EntryRows.BlobPrefix(Household.Account) + "lost-6";
        await Storage.Commits.PutAsync(lost, new byte[1], default);
        if (isDamaged)
        {
            await Storage.Journal.DeleteAsync(Household.Account.Value, JournalKeys.Entry(3), null, default);
        }

        var memory = isDamaged ? 1L << 30 : 0;
        await new Household(Storage, Clock, seed: 2, memory).EraseAsync();

        Assert.Equal(AccountLife.Erased, (await New(3).HeadAsync())!.Life);
        Assert.Empty(await Storage.Commits.ListAsync(EntryRows.BlobPrefix(Household.Account), default).ToListAsync());
    }

    [Fact]
    public async Task Erase_ThenSignInAgain_BeginsANewLifeThatResetsOldCursors()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(Commits);
        var cursor = await CursorAsync(one);
        var (webSeed, number) = ((await one.HeadAsync())!.WebSeed, (await one.HeadAsync())!.First + Commits);
        await one.EraseAsync();

        var two = New(2);
        await two.OpenAsync();
        await two.PutAsync(new Record("new", 1, 1, 2, "new life"));

        foreach (var reader in new[] { one, two, New(3) })
        {
            using var reading = await reader.Journal.ReadAsync(Household.Account, default);
            Assert.NotEqual(webSeed, reading!.Head.WebSeed);
            Assert.Equal(number + 1, reading.Head.First);
            var updates = await reader.Journal.UpdatesAsync(reading, cursor.Seconds, default);
            Assert.True(updates.Reset);
            Assert.Equal(["new"], updates.Records.ToList().Select(stored => stored.Item.Key));
            Assert.False((await reader.Journal.UpdatesAsync(reading, updates.ServerTime.Seconds, default)).Reset);
        }

        // The second pass of the old life's erasure leaves the new one alone.
        await PassAsync(TimeSpan.FromDays(2));
        await New(4).SweepAsync();
        Assert.Equal(["new"], await New(5).KeysAsync());
        await AssertNothingIsWrongAsync();
    }

    [Fact]
    public async Task Erase_WhileSomebodyWrites_TheWriterIsToldAndNothingOfItIsKept()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(3);
        var late = New(2);
        using var reading = await late.Journal.ReadAsync(Household.Account, default);
        await late.Journal.ReadViewAsync(reading!, view => view.Count, default);
        await one.FillAsync(2, first: 50);
        await one.EraseAsync();

        var put = late.Journal.PutAsync(
            reading!,
            "web",
            ItemKind.Record,
            [Domain.Writing.Submission.Of(new Record("late", 1, 1, 2, null))],
            default
        );
        while (!put.IsCompleted)
        {
            await PassAsync(TimeSpan.FromSeconds(1)); // It pauses before it tries again.
        }

        await Assert.ThrowsAsync<AccountErasedException>(() => put);
        await PassAsync(TimeSpan.FromDays(2));
        await New(3).SweepAsync();
        await AssertErasedAsync(keepsNumbers: false);
    }

    [Fact]
    public async Task Sweep_OnceADay_GoesThroughEveryAccount()
    {
        var one = await NewAccountAsync();
        await one.FillAsync(Commits);
        await New(2).SweepAsync();
        Assert.Null((await one.HeadAsync())!.Snapshot);

        await PassAsync(TimeSpan.FromDays(1));
        await New(2).SweepAsync();
        Assert.Equal(Commits, (await one.HeadAsync())!.Snapshot!.Number);
    }

    private static async Task RunKilledAsync(Household doomed, Func<Household, Task> work)
    {
        try
        {
            await work(doomed);
        }
        catch (KilledException)
        {
            // Nobody of it is left to say anything.
        }
    }

    private Task RunKilledAsync(KilledAtStep kill, Func<Household, Task> work) =>
        RunKilledAsync(new Household(FaultyStorage.Around(Storage, kill), Clock, 99), work);

    private static async Task<ServerTime> CursorAsync(Household household)
    {
        using var reading = await household.Journal.ReadAsync(Household.Account, default);
        return (await household.Journal.UpdatesAsync(reading!, 0, default)).ServerTime;
    }

    private Household New(int seed) => new(Storage, Clock, seed);

    private async Task<Household> NewAccountAsync()
    {
        var household = New(1);
        await household.OpenAsync();
        return household;
    }

    private async Task AssertErasedAsync(bool keepsNumbers)
    {
        var rows = await Storage.Journal.RowsAsync(Household.Account.Value, JournalKeys.All, default).ToListAsync();
        var head = rows[0];
        Assert.Equal(keepsNumbers, rows.Count > 1);
        Assert.All(rows.Skip(1), row => Assert.True(EntryRows.IsOfEndedLife(row)));
        Assert.All(
            rows.Skip(1).SelectMany(row => row.Properties.Values),
            value => Assert.True(value is not byte[] { Length: > 1 }, "Something of an entry is left.")
        );
        Assert.Equal(("", "", ""), (head.Text("Name"), head.Text("WebSeed"), head.Text("ApiSeed")));
        Assert.Equal(0, await CountSnapshotsAsync());
        Assert.Equal(0, await Storage.Commits.ListAsync("", default).CountAsync());
    }

    private async Task AssertNothingIsWrongAsync()
    {
        var checker = new JournalChecker(Storage);
        Assert.Empty(await checker.CheckAsync(default).ToListAsync());
    }

    private async Task<int> CountSnapshotsAsync() =>
        await Storage.Snapshots.ListAsync(SnapshotBlobs.Prefix(Household.Account), default).CountAsync();

    private async Task<int> CountEntriesAsync() =>
        await Storage.Journal.RowsAsync(Household.Account.Value, JournalKeys.HeadAndAll, default).CountAsync() - 1;

    private static string Noise(int seed)
    {
        var bytes = new byte[160];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
