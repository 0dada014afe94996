using System.Globalization;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>What an instance remembers of accounts stays within its budget, and every answer is right all the same.</summary>
public sealed class MemoryLimitTests
{
    private const int Accounts = 300;
    private const int Records = 200;

    private readonly ManualClock _clock = new();
    private readonly MemoryStorage _memory;

    public MemoryLimitTests() => _memory = new MemoryStorage(_clock);

    [Fact]
    public async Task ManyAccounts_WithRoomForFew_AreAllServedWithinTheBudget()
    {
        await FillAsync();
        var budget = new MemoryBudget(20 * await SizeOfOneAsync() + 4 * 1024 * 1024, _clock);
        var journal = NewInstance(budget);
        var random = new Random(1);
        long peak = 0;

        for (var round = 0; round < 60; round++)
        {
            var wanted = Enumerable.Range(0, 8).Select(_ => random.Next(Accounts)).ToList();
            var counts = await Task.WhenAll(wanted.Select(account => Task.Run(() => CountAsync(journal, account))));
            Assert.All(counts, count => Assert.Equal(Records, count));
            peak = Math.Max(peak, budget.Used);
        }

        Assert.InRange(peak, budget.Bytes / 2, budget.Bytes);
    }

    [Fact]
    public async Task ManyAccounts_OfWhichOnlyTheHeadIsNeeded_AreRememberedWithoutTheirRecords()
    {
        await FillAsync();
        var budget = new MemoryBudget(20 * await SizeOfOneAsync(), _clock);
        var journal = NewInstance(budget);

        for (var account = 0; account < Accounts; account++)
        {
            using var reading = await journal.ReadAsync(Key(account), default);
            var updates = await journal.UpdatesAsync(reading!, double.PositiveInfinity, default);
            Assert.Equal(0, updates.Records.Count);
        }

        Assert.InRange(budget.Used, 1, Accounts * 1000);
    }

    [Fact]
    public async Task OneAccount_LargerThanTheBudget_IsRefusedAndTheOthersAreServed()
    {
        await FillAsync();
        await PutAsync(0, Records, 20_000);
        var budget = new MemoryBudget(2 * 1024 * 1024, _clock);
        var journal = NewInstance(budget);

        await Assert.ThrowsAsync<MemoryFullException>(() => CountAsync(journal, 0));
        Assert.Equal(Records, await CountAsync(journal, 1));
        Assert.InRange(budget.Used, 1, budget.Bytes);
    }

    [Fact]
    public async Task Load_WhileAnotherHoldsTheMemory_WaitsForIt()
    {
        await FillAsync();
        var budget = new MemoryBudget(1024 * 1024, _clock);
        var journal = NewInstance(budget);
        var other = await budget.ReserveAsync(budget.Bytes - 2000, default);

        var load = Task.Run(() => CountAsync(journal, 0));
        while (budget.Waiting == 0)
        {
            await Task.Yield();
        }

        other.Dispose();
        Assert.Equal(Records, await load);
    }

    [Fact]
    public async Task Load_WhileAnotherRequestUsesTheMemory_ContinuesWhenThatEnds()
    {
        await FillAsync();
        await PutAsync(0, Records, 20_000);
        var budget = new MemoryBudget(64 * 1024 * 1024, _clock);
        var journal = NewInstance(budget);
        using var large = await journal.ReadAsync(Key(0), default);
        await journal.ReadViewAsync(large!, view => view.Count, default);
        using var rest = await budget.ReserveAsync(budget.Bytes - budget.Used - 2000, default);

        var load = Task.Run(() => CountAsync(journal, 1));
        while (budget.Waiting == 0)
        {
            await Task.Yield();
        }

        large!.Dispose(); // Idle now, so it may be dropped: nothing was given back, but the wait is over.
        Assert.Equal(Records, await load.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Load_WhileMemoryStaysTaken_IsRefusedAfterAWhileAndHoldsNothing()
    {
        await FillAsync();
        var budget = new MemoryBudget(1024 * 1024, _clock);
        var journal = NewInstance(budget);
        using var other = await budget.ReserveAsync(budget.Bytes - 2000, default);

        var load = Task.Run(() => CountAsync(journal, 0));
        await _clock.PassAsync(load, MemoryBudget.Patience);

        await Assert.ThrowsAsync<MemoryFullException>(() => load);
        Assert.InRange(budget.Used, budget.Bytes - 2000, budget.Bytes);
        Assert.Equal(0, budget.Waiting);
    }

    [Fact]
    public async Task Loads_OfOneAccountAtOnce_ReadItOnce()
    {
        await FillAsync();
        await PutAsync(0, Records, 1, times: 300); // more than the first page
        var calls = new CountedCalls();
        var storage = FaultyStorage.Around(_memory.Account, calls);
        var journal = new AccountJournal(storage, new MemoryBudget(1L << 30, _clock), _clock, new SeededBytes(1));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CountAsync(journal, 0))));

        // Each call authenticates with one read; the rest of the account comes once. A call that was not the first
        // to find the account unknown reads again.
        Assert.InRange(calls.Count, 17, 16 + 15 + 1);
        Assert.Equal(1, calls.Targets.Count(target => target.Contains("..z999999999998", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sweep_OverAccountsThatNobodyUses_LeavesWhatIsRemembered()
    {
        await FillAsync();
        var calls = new CountedCalls();
        var storage = FaultyStorage.Around(_memory.Account, calls);
        var budget = new MemoryBudget(10 * await SizeOfOneAsync() + 512 * 1024, _clock);
        var journal = new AccountJournal(storage, budget, _clock, new SeededBytes(1));
        _clock.Advance(TimeSpan.FromDays(1));
        for (var account = 0; account < 9; account++)
        {
            await CountAsync(journal, account);
        }

        var used = budget.Used;
        await SweepAsync(storage, journal);
        Assert.Equal(used, budget.Used);

        calls.Targets.Clear();
        for (var account = 0; account < 9; account++)
        {
            await CountAsync(journal, account);
        }

        Assert.Equal(9, calls.Count);
        Assert.All(calls.Targets, target => Assert.Contains("head..z", target, StringComparison.Ordinal));
        Assert.All(calls.Targets, target => Assert.DoesNotContain("z~", target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TakeSnapshot_WhileItIsStored_HasItsBytesReserved()
    {
        await PutAsync(0, 0, Records, times: 130);
        var budget = new MemoryBudget(1L << 30, _clock);
        var atPut = new UsedAt("Put", "snapshots", budget);
        var storage = FaultyStorage.Around(_memory.Account, atPut);
        var journal = new AccountJournal(storage, budget, _clock, new SeededBytes(1));
        await CountAsync(journal, 0);
        var before = budget.Used;

        var random = new SeededBytes(2);
        var maintenance = new AccountMaintenance(
            storage,
            journal,
            new MaintenanceOptions(TimeSpan.FromDays(1)),
            random
        );
        await maintenance.TakeSnapshotAsync(Key(0), default);

        using var reading = await journal.ReadAsync(Key(0), default);
        var packed = reading!.Head.Snapshot!.PackedBytes;
        Assert.Equal(before + packed + (Records * sizeof(int)), atPut.Used);
        Assert.Equal(before, budget.Used);
    }

    private Task SweepAsync(StorageAccount storage, AccountJournal journal)
    {
        var options = new MaintenanceOptions(TimeSpan.FromDays(30));
        var maintenance = new AccountMaintenance(storage, journal, options, new SeededBytes(2));
        var sweep = new Sweep(storage, maintenance, new Erasure(storage, journal, _clock), _clock);
        return sweep.RunAsync((_, e) => throw e, default);
    }

    private static AccountKey Key(int account) => AccountKey.Local(account.ToString(CultureInfo.InvariantCulture));

    private async Task FillAsync()
    {
        for (var account = 0; account < Accounts; account++)
        {
            await PutAsync(account, 0, Records);
        }
    }

    private async Task PutAsync(int account, int from, int records, int times = 1)
    {
        var journal = NewInstance(new MemoryBudget(1L << 30, _clock));
        using var reading = await journal.OpenAsync(Key(account), "name", "k0001", default);
        for (var i = 0; i < times; i++)
        {
            var submissions = Enumerable
                .Range(from, records)
                .Select(n =>
                    Submission.Of(new Record($"key{n}", i, 1, 2, $"a description of about forty letters {n}"))
                );
            await journal.PutAsync(reading, "web", ItemKind.Record, [.. submissions], default);
        }
    }

    private async Task<long> SizeOfOneAsync()
    {
        var budget = new MemoryBudget(1L << 30, _clock);
        await CountAsync(NewInstance(budget), 0);
        return budget.Used;
    }

    private static async Task<int> CountAsync(AccountJournal journal, int account)
    {
        using var reading = await journal.ReadAsync(Key(account), default);
        return await journal.ReadViewAsync(
            reading!,
            view =>
                view.All(ItemKind.Record)
                    .ToList()
                    .Count(stored => stored.Item.Key.StartsWith("key", StringComparison.Ordinal)),
            default
        );
    }

    private AccountJournal NewInstance(MemoryBudget budget) =>
        new(_memory.Account.WithLimits(), budget, _clock, new SeededBytes(1));

    private sealed class CountedCalls : IFaultPlan
    {
        private readonly Lock _lock = new();

        internal List<string> Targets { get; } = [];

        internal int Count => Targets.Count;

        public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
        {
            lock (_lock)
            {
                Targets.Add(call.Target);
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <summary>What of a budget was reserved when a call was made.</summary>
    private sealed class UsedAt(string operation, string store, MemoryBudget budget) : IFaultPlan
    {
        internal long? Used { get; private set; }

        public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
        {
            Used = call.Operation == operation && call.Store == store ? budget.Used : Used;
            return ValueTask.CompletedTask;
        }
    }
}
