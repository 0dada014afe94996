using System.Threading.RateLimiting;

namespace TimeTagger.Api.Limits;

/// <summary>
/// So many permits a minute for each key; what was not used is saved, up to a minute's worth. Keys that have all their
/// permits back are forgotten after some seconds, so memory is bounded however many there are. Thread-safe.
/// </summary>
internal sealed class RateLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _buckets;

    /// <param name="perMinute">How many permits; 0 for no limit.</param>
    internal RateLimit(int perMinute)
    {
        PerMinute = perMinute;
        _buckets = perMinute == 0 ? null : PartitionedRateLimiter.Create<string, string>(BucketOf);
    }

    /// <summary>How many permits a minute a key has; 0 for no limit.</summary>
    internal int PerMinute { get; }

    /// <summary>Takes a permit.</summary>
    /// <returns>Null; or, when there is none, after how many seconds there is one.</returns>
    internal int? Take(string key) => TryTake(key, 1) ? null : SecondsUntil(key, 1) ?? 1;

    /// <summary>Takes permits for what has been done already: as many as there are.</summary>
    internal void Charge(string key, int permits)
    {
        while (Math.Min(permits, Available(key)) is > 0 and var some && !TryTake(key, some))
        {
            // Another call took them in between.
        }
    }

    /// <summary>After how many seconds so many permits are there; null when they are.</summary>
    internal int? SecondsUntil(string key, int permits)
    {
        var missing = Math.Min(permits, PerMinute) - Available(key);
        return missing > 0 ? (int)Math.Ceiling(missing * 60.0 / PerMinute) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _buckets?.Dispose();

    private bool TryTake(string key, int permits) =>
        _buckets is null
        || Ask(buckets =>
        {
            using var lease = buckets.AttemptAcquire(key, permits);
            return lease.IsAcquired;
        });

    private int Available(string key) =>
        _buckets is null ? 0 : (int)Ask(buckets => buckets.GetStatistics(key)!.CurrentAvailablePermits);

    private T Ask<T>(Func<PartitionedRateLimiter<string>, T> question)
    {
        while (true)
        {
            try
            {
                return question(_buckets!);
            }
            catch (ObjectDisposedException)
            {
                // The library forgot the idle key between finding and asking it; the key has a new bucket now.
            }
        }
    }

    private RateLimitPartition<string> BucketOf(string key) =>
        RateLimitPartition.GetTokenBucketLimiter(
            key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = PerMinute,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1.0 / PerMinute),
                QueueLimit = 0,
                AutoReplenishment = false, // One timer for all of them.
            }
        );
}
