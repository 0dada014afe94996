using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Limits;

[NotUnderFunctions("It starts no server.")]
public sealed class RateLimitTests
{
    [Fact]
    public void Take_MoreThanThereAre_SaysWhenThereIsOneAndOthersAreNotHindered()
    {
        using var limit = new RateLimit(3);

        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => limit.Take("a")));
        Assert.InRange(limit.Take("a")!.Value, 1, 20);
        Assert.Null(limit.Take("b"));
    }

    [Fact]
    public void Charge_MoreThanThereAre_TakesWhatThereIs()
    {
        using var limit = new RateLimit(3);
        limit.Take("a");

        limit.Charge("a", 100);

        Assert.InRange(limit.SecondsUntil("a", 1)!.Value, 1, 20);
        Assert.InRange(limit.SecondsUntil("a", 3)!.Value, 41, 60);
        Assert.Null(limit.SecondsUntil("b", 1));
    }

    [Fact]
    public void SecondsUntil_MoreThanAKeyCanEverHave_MeansAllItCanHave()
    {
        using var limit = new RateLimit(3);

        Assert.Null(limit.SecondsUntil("a", 100));
        limit.Charge("a", 1);
        Assert.InRange(limit.SecondsUntil("a", 100)!.Value, 1, 20);
    }

    [Fact]
    public void Zero_AnyNumber_IsNoLimit()
    {
        using var limit = new RateLimit(0);

        limit.Charge("a", 1000);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Null(limit.Take("a")));
        Assert.Null(limit.SecondsUntil("a", 1000));
    }

    [Fact]
    public async Task Permits_AfterAWhile_AreThereAgain()
    {
        using var limit = new RateLimit(600);
        limit.Charge("a", 600);
        Assert.NotNull(limit.Take("a"));

        await UntilAsync(() => limit.SecondsUntil("a", 5) is null);

        Assert.Null(limit.Take("a"));
    }

    /// <summary>As when somebody calls from a new address every time: the library needs 10 s to see that a key is idle.</summary>
    [Fact]
    public async Task Keys_HundredsOfThousands_AreForgotten()
    {
        using var limit = new RateLimit(60_000);

        var keys = TakeOncePerKey(limit, 200_000);

        Assert.True(AreSomeInMemory());
        await UntilAsync(() => !AreSomeInMemory());

        bool AreSomeInMemory()
        {
            GC.Collect();
            return keys.Exists(key => key.IsAlive);
        }
    }

    [Fact]
    public void Once_WithinAMinute_IsDueOnce()
    {
        var clock = new FakeTimeProvider();
        var once = new OnceAMinute(clock);

        Assert.True(once.IsDue());
        clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.False(once.IsDue());
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(once.IsDue());
        Assert.False(once.IsDue());
    }

    // In a method of its own, so that nothing but the limit holds a key.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> TakeOncePerKey(RateLimit limit, int count)
    {
        var keys = new List<WeakReference>();
        for (var i = 0; i < count; i++)
        {
            var key = i.ToString("D6", CultureInfo.InvariantCulture);
            limit.Take(key);
            keys.Add(new WeakReference(key));
        }

        return keys;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "It took too long.");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }
}
