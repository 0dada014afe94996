using System.Globalization;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>A table in memory.</summary>
internal sealed class MemoryTable(TimeProvider clock) : ITable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedList<string, Row>> _partitions = [];
    private long _changes;

    /// <inheritdoc/>
    public Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var from = continuation ?? range.From;
        lock (_lock)
        {
            var found = Partition(partition)
                .Values.Where(row =>
                    string.CompareOrdinal(row.Key, from) >= 0 && string.CompareOrdinal(row.Key, range.To) <= 0
                )
                .Take(top + 1)
                .ToList();
            var next = found.Count > top ? found[top].Key : null;
            return Task.FromResult(new RowPage([.. found.Take(top).Select(Copy)], next, clock.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(Partition(partition).TryGetValue(key, out var row) ? Copy(row) : null);
    }

    /// <inheritdoc/>
    public Task<bool> InsertAsync(Row row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(Partition(row.Partition).TryAdd(row.Key, Copy(row) with { ETag = NextTag() }));
    }

    /// <inheritdoc/>
    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var rows = Partition(row.Partition);
            if (!rows.TryGetValue(row.Key, out var present) || (ifMatch is not null && ifMatch != present.ETag))
                return Task.FromResult(false);
            var merged = new Dictionary<string, object>(present.Properties);
            foreach (var (name, value) in Copy(row).Properties)
                merged[name] = value;
            var result = present with { Properties = merged, ETag = NextTag() };
            RowRules.CheckRow(result);
            rows[row.Key] = result;
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var rows = Partition(partition);
            var matches = rows.TryGetValue(key, out var row) && (ifMatch is null || ifMatch == row.ETag);
            return Task.FromResult(matches && rows.Remove(key));
        }
    }

    private SortedList<string, Row> Partition(string partition)
    {
        if (!_partitions.TryGetValue(partition, out var rows))
            _partitions.Add(partition, rows = new SortedList<string, Row>(StringComparer.Ordinal));
        return rows;
    }

    private string NextTag() => (++_changes).ToString(CultureInfo.InvariantCulture);

    // Nobody may change a stored row through an array that was handed in or out.
    private static Row Copy(Row row) =>
        row with
        {
            Properties = row.Properties.ToDictionary(
                property => property.Key,
                property => property.Value is byte[] bytes ? bytes.ToArray() : property.Value
            ),
        };
}
