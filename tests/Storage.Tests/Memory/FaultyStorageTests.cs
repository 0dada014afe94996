using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

public sealed class FaultyStorageTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;

    public FaultyStorageTests() => _memory = new MemoryStorage(_clock);

    [Fact]
    public async Task Insert_AnswerLost_HasHappened()
    {
        var storage = FaultyStorage.Around(_memory.Account, new RandomFaults(1) { LostAnswers = 1 });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Journal.InsertAsync(NewRow("head"), None));

        Assert.NotNull(await storage.Journal.GetAsync("p", "head", None));
    }

    [Fact]
    public async Task Insert_FailureBefore_HasNotHappened()
    {
        var storage = FaultyStorage.Around(_memory.Account, new RandomFaults(1) { FailuresBefore = 1 });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.Journal.InsertAsync(NewRow("head"), None));

        Assert.Null(await _memory.Journal.GetAsync("p", "head", None));
    }

    [Fact]
    public async Task Query_BenignFaults_MakesShortAndEmptyPagesAndLateEnds()
    {
        for (var number = 0; number < 9; number++)
            await _memory.Journal.InsertAsync(NewRow($"z{number}"), None);
        var storage = FaultyStorage.Around(_memory.Account, RandomFaults.Benign(seed: 3));
        var sizes = new List<int>();
        var endings = new HashSet<bool>();
        for (var round = 0; round < 50; round++)
        {
            string? continuation = null;
            var size = 0;
            do
            {
                var page = await storage.Journal.QueryAsync("p", new RowRange("", "~"), 10, continuation, None);
                sizes.Add(size = page.Rows.Count);
                continuation = page.Continuation;
            } while (continuation is not null);
            endings.Add(size == 0);
        }

        Assert.Subset(sizes.ToHashSet(), new HashSet<int> { 0, 1, 3, 9 });
        Assert.Equal(2, endings.Count);
    }

    [Fact]
    public async Task Query_Skewed_ShowsAnotherDate()
    {
        var faults = new RandomFaults(1) { Skew = TimeSpan.FromMinutes(1) };
        var storage = FaultyStorage.Around(_memory.Account, faults);

        var page = await storage.Journal.QueryAsync("p", new RowRange("", "~"), 1, null, None);

        Assert.NotEqual(_clock.GetUtcNow(), page.Date);
        Assert.InRange((page.Date - _clock.GetUtcNow()).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Gates_ReleasedInAnotherOrder_HappenInThatOrder()
    {
        var gates = new Gates(new RandomFaults(1));
        var first = FaultyStorage.Around(_memory.Account, gates, "first").Journal.InsertAsync(NewRow("head"), None);
        var second = FaultyStorage.Around(_memory.Account, gates, "second").Journal.InsertAsync(NewRow("head"), None);
        Assert.Equal(["first", "second"], gates.Held.Select(held => held.Call.Caller));

        gates.Release(1);
        gates.Release(0);
        Assert.All(gates.Held, held => Assert.True(held.HasHappened));
        Assert.False(first.IsCompleted || second.IsCompleted);
        gates.Release(0, new StorageUnavailableException("lost"));
        gates.Release(0);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
        Assert.False(await first);
    }

    [Fact]
    public async Task Gates_Cancelled_LetsGo()
    {
        using var cancellation = new CancellationTokenSource();
        var gates = new Gates(new RandomFaults(1));
        var journal = FaultyStorage.Around(_memory.Account, gates).Journal;
        var insert = journal.InsertAsync(NewRow("head"), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => insert);
        Assert.Empty(gates.Held);
    }

    private static Row NewRow(string key) => new("p", key, new Dictionary<string, object>());
}
