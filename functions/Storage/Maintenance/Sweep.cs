using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Maintenance;

/// <summary>
/// Makes certain what messages only make prompt: goes on with every erasure, and goes through every account once a
/// day. It walks table <c>system</c>, never the journals.
/// </summary>
public sealed class Sweep(StorageAccount storage, AccountMaintenance maintenance, Erasure erasure, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>One sweep. What it does not get to, the next one does.</summary>
    /// <param name="failed">
    /// Told the <see cref="AccountKey.Mark"/> of each account that could not be seen to; the sweep goes on with the others.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StorageUnavailableException">Table <c>system</c> did not answer.</exception>
    public async Task RunAsync(Action<string, Exception> failed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(failed);
        await foreach (var row in RowsAsync(SystemRows.Erasures, cancellation))
        {
            await TryAsync(row, () => erasure.ResumeAsync(row, cancellation));
        }

        await foreach (var row in RowsAsync(SystemRows.Accounts, cancellation))
        {
            var now = ServerTime.From(clock.GetUtcNow());
            var last = row.Integer("Maintained") ?? row.Integer("Created") ?? 0;

            // Both ways: a clock that was once far ahead must not put an account off for as long.
            if (Math.Abs(now.Steps - last) >= (long)Interval.TotalSeconds * ServerTime.StepsPerSecond)
            {
                await TryAsync(row, () => MaintainAsync(row, now, cancellation));
            }
        }

        async Task TryAsync(Row row, Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed(AccountKey.MarkOf(SystemRows.AccountOf(row)), e);
            }
        }
    }

    private async Task MaintainAsync(Row row, ServerTime now, CancellationToken cancellation)
    {
        var account = AccountKey.Parse(row.Key);
        await maintenance.MaintainAsync(account, cancellation);
        await storage.System.MergeAsync(SystemRows.Maintained(account, now), null, cancellation);
    }

    private IAsyncEnumerable<Row> RowsAsync(string partition, CancellationToken cancellation) =>
        storage.System.RowsAsync(partition, SystemRows.All, cancellation);
}
