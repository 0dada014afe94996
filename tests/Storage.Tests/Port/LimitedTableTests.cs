using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Port;

public sealed class LimitedTableTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Query_StoreAnswersTooMuch_PageIsCutAndContinuedAtTheKey()
    {
        var store = new GenerousTable(rows: 12, bytesEach: 900_000);
        var table = new LimitedTable(store);
        var seen = new List<string>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync("p", new RowRange("", "~"), 10, continuation, None);
            Assert.InRange(page.Rows.Sum(RowRules.SizeOf), 1, RowLimits.PageBytes);
            seen.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
        } while (continuation is not null);

        Assert.Equal(store.Keys, seen);
    }

    [Fact]
    public async Task Query_StoreAnswersMoreThanTop_PageIsCut()
    {
        var table = new LimitedTable(new GenerousTable(rows: 5, bytesEach: 1));

        var page = await table.QueryAsync("p", new RowRange("", "~"), 2, null, None);

        Assert.Equal(2, page.Rows.Count);
        Assert.NotNull(page.Continuation);
    }

    [Fact]
    public async Task Query_ForeignContinuation_IsRefused()
    {
        var table = new LimitedTable(new GenerousTable(rows: 1, bytesEach: 1));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            table.QueryAsync("p", new RowRange("", "~"), 1, "elsewhere", None)
        );
    }

    /// <summary>A store without limits, as an emulator may be: the whole range in one page, whatever was asked.</summary>
    private sealed class GenerousTable(int rows, int bytesEach) : ITable
    {
        public IReadOnlyList<string> Keys { get; } = [.. Enumerable.Range(10, rows).Select(number => $"z{number}")];

        public Task<RowPage> QueryAsync(
            string partition,
            RowRange range,
            int top,
            string? continuation,
            CancellationToken cancellation
        )
        {
            var found = Keys.Where(key => string.CompareOrdinal(key, range.From) >= 0)
                .Select(key => new Row(partition, key, new Dictionary<string, object> { ["B"] = new byte[bytesEach] }));
            return Task.FromResult(new RowPage([.. found], null, DateTimeOffset.UnixEpoch));
        }

        public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<bool> InsertAsync(Row row, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
