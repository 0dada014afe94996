using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Contract;

/// <summary>
/// What every store keeps to. A store joins by deriving a class that opens it; whatever the product builds on is
/// stated here and nowhere else.
/// </summary>
public abstract partial class StorageContract : IAsyncLifetime
{
    private protected const string Partition = "e.partition";

    private protected FakeTimeProvider Clock { get; } = new();

    private protected StorageAccount Storage { get; private set; } = null!;

    private ITable Table => Storage.Journal;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => Storage = await OpenAsync();

    public abstract Task DisposeAsync();

    /// <summary>Opens an empty store.</summary>
    private protected abstract Task<StorageAccount> OpenAsync();

    private static Row NewRow(string key, params (string Name, object Value)[] properties) =>
        new(Partition, key, properties.ToDictionary(property => property.Name, property => property.Value));

    private async Task<Row> ReadAsync(string key) =>
        await Table.GetAsync(Partition, key, None) ?? throw new InvalidOperationException($"No row '{key}'.");

    private async Task<List<Row>> ReadAllAsync(RowRange range, int top)
    {
        var rows = new List<Row>();
        string? continuation = null;
        do
        {
            var page = await Table.QueryAsync(Partition, range, top, continuation, None);
            Assert.InRange(page.Rows.Count, 0, top);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null);
        return rows;
    }

    private async Task<string[]> ReadKeysAsync(string from, string to, int top = 1000) =>
        [.. (await ReadAllAsync(new RowRange(from, to), top)).Select(row => row.Key)];

    private async Task InsertKeysAsync(params IEnumerable<string> keys)
    {
        foreach (var key in keys)
            Assert.True(await Table.InsertAsync(NewRow(key), None));
    }
}
