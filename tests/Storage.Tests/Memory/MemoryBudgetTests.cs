using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

public sealed class MemoryBudgetTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryBudget _budget;

    public MemoryBudgetTests() => _budget = new MemoryBudget(100, _clock);

    [Fact]
    public async Task ReserveAsync_MoreThanThereEverIs_IsRefusedAtOnce() =>
        await Assert.ThrowsAsync<MemoryFullException>(async () => await _budget.ReserveAsync(101, default));

    [Fact]
    public async Task Dispose_Twice_GivesBackOnce()
    {
        var a = await _budget.ReserveAsync(60, default);
        using var b = await _budget.ReserveAsync(40, default);

        a.Dispose();
        a.Dispose();

        Assert.Equal(40, _budget.Used);
    }

    [Fact]
    public async Task ReserveAsync_NoRoom_WaitsInLineAndIsServedInOrder()
    {
        var held = await _budget.ReserveAsync(90, default);
        var large = _budget.ReserveAsync(80, default).AsTask();
        var small = _budget.ReserveAsync(10, default).AsTask();

        Assert.False(small.IsCompleted); // There is room for it, but it is not its turn.
        held.Dispose();

        using var first = await large;
        using var second = await small;
        Assert.Equal(90, _budget.Used);
    }

    [Fact]
    public async Task ReserveAsync_TheFirstInLineGivesUp_TheNextIsServed()
    {
        using var held = await _budget.ReserveAsync(90, default);
        using var cancelled = new CancellationTokenSource();
        var large = _budget.ReserveAsync(80, cancelled.Token).AsTask();
        var small = _budget.ReserveAsync(10, default).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        using var served = await small;
        Assert.Equal(100, _budget.Used);
    }

    [Fact]
    public async Task ReserveAsync_AfterItsPatience_IsRefused()
    {
        using var held = await _budget.ReserveAsync(90, default);
        var waiting = _budget.ReserveAsync(80, default).AsTask();

        _clock.Advance(MemoryBudget.Patience);

        await Assert.ThrowsAsync<MemoryFullException>(() => waiting);
        Assert.Equal(90, _budget.Used);
        Assert.Equal(0, _budget.Waiting);
    }

    [Fact]
    public async Task ReserveAsync_NoRoom_DropsWhatIsIdle()
    {
        var cached = await _budget.ReserveAsync(90, default);
        _budget.DropIdle = () =>
        {
            var dropped = _budget.Used > 0;
            cached.Dispose();
            return dropped;
        };

        using var reserved = await _budget.ReserveAsync(80, default);

        Assert.Equal(80, _budget.Used);
    }

    [Fact]
    public async Task ManyAtOnce_GivingAndTaking_NeverExceedItAndLeaveNothing()
    {
        long peak = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(seed =>
                    Task.Run(async () =>
                    {
                        var random = new Random(seed);
                        for (var i = 0; i < 500; i++)
                        {
                            using var reserved = await _budget.ReserveAsync(random.Next(1, 60), default);
                            InterlockedMax(ref peak, _budget.Used);
                        }
                    })
                )
        );

        Assert.InRange(peak, 1, 100);
        Assert.Equal(0, _budget.Used);
        Assert.Equal(0, _budget.Waiting);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen;
        while ((seen = Interlocked.Read(ref target)) < value)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
