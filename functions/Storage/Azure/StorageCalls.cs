using System.Security.Cryptography;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Azure;

/// <summary>
/// Runs the calls of all three services with one patience: 8 s a try, 20 s in all. What may pass is tried again,
/// with growing pauses or when the service says; what stays is told as the port tells it.
/// </summary>
/// <remarks>
/// A write is tried again even when nobody knows whether the first try happened. Its "taken", "gone" or "changed
/// meanwhile" may then be its own doing: who must know reads what is there, as the journal does by its commit id.
/// </remarks>
internal sealed class StorageCalls(TimeProvider clock, RandomNumberGenerator random)
{
    /// <summary>How long one try may take.</summary>
    internal static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(8);

    /// <summary>How long all tries and the pauses between them may take.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>Runs a call until it has an answer.</summary>
    /// <param name="target">What it goes to; made when it is missing.</param>
    /// <param name="operation">What it does, in one word: "insert".</param>
    /// <param name="work">One try. It throws what the service's client throws.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="StorageUnavailableException">No answer in time, or a refusal that may pass.</exception>
    /// <exception cref="ArgumentException">The service found the row too large.</exception>
    /// <exception cref="InvalidOperationException">The service finds the request wrong: a fault of this program.</exception>
    public async Task<T> RunAsync<T>(
        StorageTarget target,
        string operation,
        Func<CancellationToken, Task<T>> work,
        CancellationToken cancellation
    )
    {
        var begun = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, clock);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var create = false;
        for (var attempt = 1; ; attempt++)
        {
            StorageFailure failure;
            try
            {
                if (create)
                {
                    await TryAsync(target.Created, all.Token);
                    create = false;
                }

                return await TryAsync(work, all.Token);
            }
            catch (Exception e)
            {
                cancellation.ThrowIfCancellationRequested();
                if (StorageFailure.Of(e, clock.GetUtcNow()) is not { } found)
                {
                    throw;
                }

                failure = found;
            }

            var missing = failure.Code == target.MissingCode && target.CreateAsync is not null;
            create |= missing;
            var pause = missing && attempt == 1 ? TimeSpan.Zero : Pause(attempt, failure.RetryAfter);
            if (!(missing || failure.MayPassSoon) || clock.GetElapsedTime(begun) + pause >= Limit)
            {
                throw failure.ToException(target, operation, attempt);
            }

            await Task.Delay(pause, clock, cancellation);
        }
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken all)
    {
        all.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(TryLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, all);
        return await work(either.Token);
    }

    // Doubles, of which half is left to chance, so that instances which failed together do not come back together.
    private TimeSpan Pause(int attempt, TimeSpan? retryAfter)
    {
        var roll = new byte[1];
        random.GetBytes(roll);
        var longest = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, attempt - 1));
        var pause = TimeSpan.FromSeconds(longest * (1 + (roll[0] / 255.0)) / 2);
        return retryAfter > pause ? retryAfter.Value : pause;
    }
}
