using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Keys;
using TimeTagger.Storage.Tests.Journal;
using TimeTagger.Storage.Tests.Memory;

namespace TimeTagger.Storage.Tests.Keys;

public sealed class SigningKeysTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;
    private readonly Queries _queries = new();

    public SigningKeysTests() => _memory = new MemoryStorage(_clock);

    [Fact]
    public async Task CurrentAsync_TwoInstances_ShareTheKeyThatTheFirstMade()
    {
        using var first = NewInstance(1);
        using var second = NewInstance(2);

        var keys = await Task.WhenAll(first.CurrentAsync(default).AsTask(), second.CurrentAsync(default).AsTask());

        Assert.Equal(keys[0].Secret, keys[1].Secret);
        Assert.Equal(32, keys[0].Secret.Length);
    }

    [Fact]
    public async Task FindAsync_KnownKey_IsReadOncePerProcess()
    {
        using var keys = NewInstance(1);
        var current = await keys.CurrentAsync(default);
        var reads = _queries.Count;

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(current, await keys.FindAsync(current.Kid, default));
        }

        Assert.Equal(reads, _queries.Count);
    }

    [Fact]
    public async Task FindAsync_UnknownKeys_CostOneReadAMinute()
    {
        using var keys = NewInstance(1);
        await keys.CurrentAsync(default);
        var reads = _queries.Count;

        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await keys.FindAsync($"k{i}", default));
        }

        Assert.Equal(reads, _queries.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await keys.FindAsync("k7", default));
        Assert.Null(await keys.FindAsync("k8", default));
        Assert.Equal(reads + 1, _queries.Count);
    }

    private SigningKeys NewInstance(int seed) =>
        new(FaultyStorage.Around(_memory.Account, _queries).System, _clock, new SeededBytes(seed));

    private sealed class Queries : IFaultPlan
    {
        internal int Count { get; private set; }

        public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation)
        {
            Count += call.Operation == "Query" ? 1 : 0;
            return ValueTask.CompletedTask;
        }
    }
}
