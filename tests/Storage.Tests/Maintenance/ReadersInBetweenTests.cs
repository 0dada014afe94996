using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Maintenance;

/// <summary>Maintenance and erasing that happen between two storage calls of one request.</summary>
public sealed class ReadersInBetweenTests
{
    private const int Commits = 140;

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;
    private readonly Household _other;

    public ReadersInBetweenTests()
    {
        _memory = new MemoryStorage(_clock);
        _other = new Household(_memory.Account.WithLimits(), _clock, seed: 1);
    }

    [Fact]
    public async Task ReadAsync_TrimmedBetweenTwoPages_BeginsAgain()
    {
        await _other.OpenAsync();
        await _other.FillAsync(1);
        var plan = new InBetween("Query", "journal");
        var reader = new Household(FaultyStorage.Around(_memory.Account, plan), _clock, seed: 2);
        await reader.SyncAsync();
        await _other.FillAsync(Commits, first: 100);
        _clock.Advance(Household.Retention + TimeSpan.FromDays(1));
        await _other.FillAsync(1, first: 900);

        // The head comes alone, and when the next page is asked for the entries after the last known one are gone.
        plan.Wait(() => Task.CompletedTask, () => _other.Maintenance.MaintainAsync(Household.Account, default));
        var seen = await reader.SyncAsync();

        Assert.True((await _other.HeadAsync())!.First > 2, "Nothing was trimmed.");
        Assert.Equal(await _other.SyncAsync(), seen);
    }

    [Fact]
    public async Task ReadViewAsync_SnapshotsGoWhileItLooksForThem_FollowsTheHead()
    {
        await _other.OpenAsync();
        await _other.FillAsync(Commits);
        await _other.Maintenance.MaintainAsync(Household.Account, default);
        var plan = new InBetween("Get", "snapshots");
        var reader = new Household(FaultyStorage.Around(_memory.Account, plan), _clock, seed: 2);

        plan.Wait(() => ReplaceSnapshotAsync(1000), () => ReplaceSnapshotAsync(2000));
        await reader.KeysAsync();

        Assert.Equal(await _other.KeysAsync(), await reader.KeysAsync());
    }

    [Fact]
    public async Task PutAsync_AccountIsErased_StoresNothingAfterTheClosingEntry()
    {
        await _other.OpenAsync();
        await _other.FillAsync(3);
        await _other.EraseAsync();
        var cold = new Household(_memory.Account, _clock, seed: 2);
        using var reading = await cold.Journal.ReadAsync(Household.Account, default);

        var submission = Submission.Of(new Record("late", 1, 1, 2, null));
        await Assert.ThrowsAsync<AccountErasedException>(() =>
            cold.Journal.PutAsync(reading!, "web", ItemKind.Record, [submission], default)
        );

        await _other.OpenAsync();
        Assert.Empty(await _other.KeysAsync());
    }

    [Fact]
    public async Task TakeSnapshotAsync_AnotherLifeHasBegunSinceItWasFoundDue_TakesNone()
    {
        await _other.OpenAsync();
        await _other.FillAsync(Commits);
        var plan = new InBetween("List", "commits");
        var late = new Household(FaultyStorage.Around(_memory.Account, plan), _clock, seed: 2);
        plan.Wait(async () =>
        {
            await _other.EraseAsync();
            await _other.OpenAsync();
        });

        await late.Maintenance.TakeSnapshotAsync(Household.Account, default);

        Assert.Null((await _other.HeadAsync())!.Snapshot);
        Assert.Empty(_memory.Snapshots.ListAsync("", default).ToBlockingEnumerable());
    }

    [Fact]
    public async Task OpenAsync_ErasedAsSoonAsItIsMade_GivesNoAccountThatIsGone()
    {
        var plan = new InBetween("Query", "journal");
        var reader = new Household(FaultyStorage.Around(_memory.Account, plan), _clock, seed: 2);
        plan.Wait(() => Task.CompletedTask, _other.EraseAsync);

        await Assert.ThrowsAsync<StorageUnavailableException>(reader.OpenAsync);

        await reader.OpenAsync();
        Assert.Equal(AccountLife.InUse, (await reader.HeadAsync())!.Life);
    }

    [Fact]
    public async Task Sweep_AfterOneWithAClockFarAhead_StillGoesThroughTheAccounts()
    {
        await _other.OpenAsync();
        var ahead = new FakeTimeProvider();
        ahead.Advance(TimeSpan.FromDays(1000));
        await new Household(_memory.Account, ahead, seed: 2).SweepAsync();
        await _other.FillAsync(Commits);

        await _other.SweepAsync();

        Assert.NotNull((await _other.HeadAsync())!.Snapshot);
    }

    [Fact]
    public async Task Sweep_OfAnAccountThatCannotBeRead_TellsItsMarkAndNoName()
    {
        await _other.OpenAsync();
        await _other.FillAsync(Commits);
        await _memory.Journal.DeleteAsync(Household.Account.Value, JournalKeys.Entry(5), null, default);
        _clock.Advance(TimeSpan.FromDays(1));
        var failed = new List<(string Account, Exception Why)>();

        await new Household(_memory.Account, _clock, 2).Sweep.RunAsync((mark, e) => failed.Add((mark, e)), default);

        var (account, why) = Assert.Single(failed);
        Assert.Equal(AccountKey.MarkOf("l.c29tZWJvZHk"), account);
        Assert.Matches("^[0-9a-f]{10}$", account);
        Assert.Contains(account, why.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Household.Account.Value, why.ToString(), StringComparison.Ordinal);
    }

    private async Task ReplaceSnapshotAsync(int first)
    {
        var old = (await _other.HeadAsync())!.Snapshot!;
        await _other.FillAsync(Commits, first);
        await _other.Maintenance.TakeSnapshotAsync(Household.Account, default);
        Assert.True(await _memory.Snapshots.DeleteAsync(old.Blob, default), "It was not there.");
    }

    /// <summary>Does something of its own before the next calls of a kind; rows come one at a time meanwhile.</summary>
    private sealed class InBetween(string operation, string store) : IFaultPlan
    {
        private readonly Queue<Func<Task>> _waiting = [];

        internal void Wait(params ReadOnlySpan<Func<Task>> works)
        {
            foreach (var work in works)
            {
                _waiting.Enqueue(work);
            }
        }

        public async ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
        {
            if (call.Operation == operation && call.Store == store && _waiting.TryDequeue(out var work))
            {
                await work();
            }
        }

        public PageShape Page(StorageCall call, int top) => new(_waiting.Count > 0 ? 1 : top, EndsLate: false);
    }
}
