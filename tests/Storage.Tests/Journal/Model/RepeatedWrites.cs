using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>
/// A table whose writes sometimes happen, lose their answer and are tried again by the client of the service itself:
/// what its caller then hears ("taken", "changed meanwhile", "gone") is its own doing.
/// </summary>
internal sealed class RepeatedWrites(ITable inner, Random random) : ITable
{
    /// <summary>The chance that a write is tried again.</summary>
    internal double Chance { get; set; }

    public Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    ) => inner.QueryAsync(partition, range, top, continuation, cancellation);

    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
        inner.GetAsync(partition, key, cancellation);

    public Task<bool> InsertAsync(Row row, CancellationToken cancellation) =>
        RunAsync(() => inner.InsertAsync(row, cancellation));

    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
        RunAsync(() => inner.MergeAsync(row, ifMatch, cancellation));

    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
        RunAsync(() => inner.DeleteAsync(partition, key, ifMatch, cancellation));

    private async Task<bool> RunAsync(Func<Task<bool>> write)
    {
        if (random.NextDouble() < Chance)
        {
            await write();
        }

        return await write();
    }
}
