using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>An instance that finds an account far ahead of what it remembers.</summary>
public sealed class FarBehindTests
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;

    public FarBehindTests() => _memory = new MemoryStorage(_clock);

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public async Task LostAnswer_ThenManyForeignCommits_IsCommittedOnce(int foreign)
    {
        var other = NewInstance(_memory.Account.WithLimits());
        using var theirs = await other.OpenAsync(Account, "name", "k0001", default);
        var plan = new LoseFirstInsert(() => PutManyAsync(other, theirs, foreign));
        var journal = NewInstance(FaultyStorage.Around(_memory.Account, plan));
        using var reading = await journal.ReadAsync(Account, default);

        await journal.ForceResetAsync(reading!, "web", default);

        Assert.True(plan.HasStruck);
        var page = await _memory.Journal.QueryAsync(Account.Value, new RowRange("z", "z~"), 10_000, null, default);
        Assert.Equal(foreign + 1, page.Rows.Count);
        Assert.Single(page.Rows, row => row.Integer("Kind") == 1);
    }

    [Fact]
    public async Task Read_ManyCommitsBehind_StaysWithinTheBudgetAndKnowsThemAll()
    {
        var other = NewInstance(_memory.Account.WithLimits());
        using var theirs = await other.OpenAsync(Account, "name", "k0001", default);

        // Room for a few steps of them, not for all at once.
        var budget = new MemoryBudget(800_000, _clock);
        var journal = new AccountJournal(_memory.Account.WithLimits(), budget, _clock, new SeededBytes(1));
        (await journal.ReadAsync(Account, default))!.Dispose();
        for (var i = 0; i < 400; i++)
        {
            var records = Enumerable.Range(0, 300).Select(n => Record($"{n}", i, $"a description, number {n} of {i}"));
            await other.PutAsync(theirs, "web", ItemKind.Record, [.. records], default);
        }

        using var reading = await journal.ReadAsync(Account, default);

        Assert.Equal(400, reading!.State.Position.Version);
        Assert.InRange(budget.Used, 1, budget.Bytes);
        Assert.Equal(300, await journal.ReadViewAsync(reading, view => view.Count, default));
    }

    private AccountJournal NewInstance(StorageAccount storage) =>
        new(
            storage,
            new MemoryBudget(1L << 30, _clock),
            TimeProvider.System, // for its pauses before it tries again
            new SeededBytes(7)
        );

    private static Submission Record(string key, long mt, string description) =>
        Submission.Of(new Record(key, mt, 1, 2, description));

    private static async Task PutManyAsync(AccountJournal journal, AccountReading reading, int commits)
    {
        for (var i = 0; i < commits; i++)
        {
            var record = Record(i.ToString(CultureInfo.InvariantCulture), 10_000_000_000 + i, "x");
            await journal.PutAsync(reading, "web", ItemKind.Record, [record], default);
        }
    }

    /// <summary>The first insert happens, its answer is lost, and before the caller hears of it others have written.</summary>
    private sealed class LoseFirstInsert(Func<Task> meanwhile) : IFaultPlan
    {
        internal bool HasStruck { get; private set; }

        public async ValueTask AfterAsync(StorageCall call, CancellationToken cancellation)
        {
            if (!HasStruck && call.Operation == "Insert")
            {
                HasStruck = true;
                await meanwhile();
                throw new StorageUnavailableException("The answer was lost.");
            }
        }
    }
}
