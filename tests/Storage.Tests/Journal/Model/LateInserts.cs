using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>A table whose inserts may be given up by the caller and happen later all the same, as over a network.</summary>
internal sealed class LateInserts(ITable inner, Random random) : ITable
{
    private readonly List<Row> _late = [];

    /// <summary>The chance that an insert is late.</summary>
    internal double Chance { get; set; }

    /// <summary>One of the late inserts happens now.</summary>
    internal void LandOne()
    {
        if (_late.Count > 0)
        {
            var index = random.Next(_late.Count);
            var row = _late[index];
            _late.RemoveAt(index);
            inner.InsertAsync(row, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    /// <summary>The network has had its time: what is late happens now or never.</summary>
    internal void EndAll()
    {
        while (_late.Count > 0)
        {
            if (random.Next(2) == 0)
            {
                LandOne();
            }
            else
            {
                _late.RemoveAt(0);
            }
        }
    }

    public Task<bool> InsertAsync(Row row, CancellationToken cancellation)
    {
        if (random.NextDouble() < Chance)
        {
            _late.Add(row);
            throw new StorageUnavailableException($"No answer in time to the insert of {row.Key}.");
        }

        return inner.InsertAsync(row, cancellation);
    }

    public Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    ) => inner.QueryAsync(partition, range, top, continuation, cancellation);

    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
        inner.GetAsync(partition, key, cancellation);

    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
        inner.MergeAsync(row, ifMatch, cancellation);

    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
        inner.DeleteAsync(partition, key, ifMatch, cancellation);
}
