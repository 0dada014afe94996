using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Contract;

public abstract partial class StorageContract
{
    [Fact]
    public async Task Query_EmptyPartition_EndsWithoutRows() => Assert.Empty(await ReadKeysAsync("", "~"));

    [Fact]
    public async Task Query_InsertedInAnyOrder_ComesInOrdinalOrder()
    {
        await InsertKeysAsync("z2", "head", "token.b", "Z1", "z10", "z1", "hook.a", "_", "9", "token-b", "a b");

        Assert.Equal(
            ["9", "Z1", "_", "a b", "head", "hook.a", "token-b", "token.b", "z1", "z10", "z2"],
            await ReadKeysAsync("", "~")
        );
    }

    [Fact]
    public async Task Query_Range_IncludesBothEnds()
    {
        await InsertKeysAsync("a", "b", "c", "d", "e");

        Assert.Equal(["b", "c", "d"], await ReadKeysAsync("b", "d"));
        Assert.Equal(["c"], await ReadKeysAsync("c", "c"));
        Assert.Equal(["a", "b"], await ReadKeysAsync("", "b"));
        Assert.Empty(await ReadKeysAsync("d", "b"));
        Assert.Empty(await ReadKeysAsync("bb", "bc"));
    }

    [Fact]
    public async Task Query_Range_SeesItsPartitionAndTableOnly()
    {
        await InsertKeysAsync("a");
        await Table.InsertAsync(NewRow("b") with { Partition = Partition + "x" }, None);
        await Storage.System.InsertAsync(NewRow("c"), None);

        Assert.Equal(["a"], await ReadKeysAsync("", "~"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Query_InPages_ShowsEveryRowOnceInOrder(int top)
    {
        var keys = Enumerable.Range(0, 10).Select(number => $"z{number}").ToArray();
        await InsertKeysAsync(keys.Reverse());

        Assert.Equal(keys, await ReadKeysAsync("", "~", top));
        Assert.Equal(keys[2..7], await ReadKeysAsync("z2", "z6", top));
    }

    [Fact]
    public async Task Query_RowsComeAndGoBetweenPages_TheOthersAreShownOnce()
    {
        await InsertKeysAsync("b", "d", "f", "h");
        var range = new RowRange("", "~");
        var seen = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Table.QueryAsync(Partition, range, 2, continuation, None);
            seen.AddRange(page.Rows.Select(row => row.Key));
            continuation = page.Continuation;
            if (seen.Count == 2)
            {
                await Table.InsertAsync(NewRow("a"), None);
                await Table.InsertAsync(NewRow("e"), None);
                await Table.DeleteAsync(Partition, "f", null, None);
                await Table.DeleteAsync(Partition, "d", null, None);
            }
        } while (continuation is not null);

        seen.Remove("e"); // A row that comes where the reading is may be shown or not.
        Assert.Equal(["b", "d", "h"], seen);
    }

    [Fact]
    public async Task Query_Page_TellsTheStoragesTime()
    {
        var page = await Table.QueryAsync(Partition, new RowRange("", "~"), 1, null, None);

        Assert.Equal(TimeSpan.Zero, page.Date.Offset);
        Assert.InRange((page.Date - Clock.GetUtcNow()).Duration(), TimeSpan.Zero, DateTolerance);
    }

    [Fact]
    public async Task Query_LargeRows_PageIsCutAndContinued()
    {
        for (var number = 0; number < 6; number++)
            await Table.InsertAsync(RowOf($"z{number}", 1000 * 1024), None);

        var page = await Table.QueryAsync(Partition, new RowRange("", "~"), 100, null, None);
        Assert.InRange(page.Rows.Sum(RowRules.SizeOf), 0, RowLimits.PageBytes);
        Assert.NotNull(page.Continuation);

        var rows = await ReadAllAsync(new RowRange("", "~"), 100);
        Assert.Equal(["z0", "z1", "z2", "z3", "z4", "z5"], rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Equal(RowOf(row.Key, 1000 * 1024).Bytes("P03"), row.Bytes("P03")));
    }

    /// <summary>How far the storage's clock may be from the test's (a real service has its own).</summary>
    private protected virtual TimeSpan DateTolerance => TimeSpan.Zero;

    /// <summary>A row of about <paramref name="size"/> bytes in binary properties.</summary>
    private static Row RowOf(string key, int size)
    {
        var random = new Random(key.Length + key[^1]);
        var properties = new Dictionary<string, object>();
        for (var left = size; left > 0; left -= RowLimits.PropertyBytes)
        {
            var bytes = new byte[Math.Min(left, RowLimits.PropertyBytes)];
            random.NextBytes(bytes);
            properties.Add($"P{properties.Count:D2}", bytes);
        }

        return new Row(Partition, key, properties);
    }
}
