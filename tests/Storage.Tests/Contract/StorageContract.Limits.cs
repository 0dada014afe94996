using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Contract;

public abstract partial class StorageContract
{
    public static TheoryData<string> BadKeys =>
        [
            "",
            "a/b",
            "a\\b",
            "a#b",
            "a?b",
            "a\0",
            "a\tb",
            "a\u001Fb",
            "a\u007Fb",
            "a\u0085b",
            "a\u009Fb",
            "ä",
            "🕰",
            new string('k', RowLimits.KeyLength + 1),
        ];

    public static TheoryData<string> BadNames =>
        [
            "",
            "9a",
            "a.b",
            "a-b",
            "ä",
            "odata.etag",
            "PartitionKey",
            "RowKey",
            "Timestamp",
            "ETag",
            new string('n', 256),
        ];

    public static TheoryData<object> BadValues =>
        [
            5,
            'c',
            1.5m,
            DateTime.UnixEpoch,
            Guid.Empty,
            double.NaN,
            double.PositiveInfinity,
            new byte[RowLimits.PropertyBytes + 1],
            new string('t', (RowLimits.PropertyBytes / 2) + 1),
        ];

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task Calls_BadKey_AreRefused(string key)
    {
        await RefusedAsync(() => Table.GetAsync(key, "k", None));
        await RefusedAsync(() => Table.GetAsync(Partition, key, None));
        await RefusedAsync(() => Table.InsertAsync(NewRow(key), None));
        await RefusedAsync(() => Table.InsertAsync(NewRow("k") with { Partition = key }, None));
        await RefusedAsync(() => Table.MergeAsync(NewRow(key), null, None));
        await RefusedAsync(() => Table.DeleteAsync(Partition, key, null, None));
        await RefusedAsync(() => Table.QueryAsync(key, new RowRange("", "~"), 1, null, None));
        await RefusedAsync(() => Table.QueryAsync(Partition, new RowRange("", key), 1, null, None));
        if (key.Length > 0)
            await RefusedAsync(() => Table.QueryAsync(Partition, new RowRange(key, "~"), 1, null, None));
    }

    [Fact]
    public async Task Insert_LoneSurrogate_IsRefused()
    {
        // Not in the lists above: test names travel as UTF-8, which cannot say it.
        await RefusedAsync(() => Table.InsertAsync(NewRow("a\uD83D"), None));
        await RefusedAsync(() => Table.InsertAsync(NewRow("a", ("Text", "a\uDD70b")), None));
        await RefusedAsync(() => Storage.Commits.PutAsync("a\uD83D", new byte[1], None));
        await RefusedAsync(() => Storage.Maintenance.SendAsync("a\uD83D", TimeSpan.Zero, None));
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task Insert_BadName_IsRefused(string name)
    {
        await RefusedAsync(() => Table.InsertAsync(NewRow("a", (name, 1L)), None));
        Assert.Null(await Table.GetAsync(Partition, "a", None));
    }

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task InsertAndMerge_BadValue_AreRefused(object value)
    {
        await InsertKeysAsync("b");

        await RefusedAsync(() => Table.InsertAsync(NewRow("a", ("Good", 1L), ("Bad", value)), None));
        await RefusedAsync(() => Table.MergeAsync(NewRow("b", ("Good", 1L), ("Bad", value)), null, None));

        Assert.Equal(["b"], await ReadKeysAsync("", "~"));
        Assert.Empty((await ReadAsync("b")).Properties);
    }

    [Fact]
    public async Task Insert_AtTheLimits_ComesBackTheSame()
    {
        var longest = new string('k', RowLimits.KeyLength);
        var name = new string('n', 255);
        var text = new string('€', RowLimits.PropertyBytes / 2);
        var most = Enumerable.Range(0, RowLimits.Properties).Select(number => ($"P{number}", (object)(long)number));

        Assert.True(await Table.InsertAsync(NewRow(longest, (name, text)), None));
        Assert.True(await Table.InsertAsync(NewRow("most", [.. most]), None));
        Assert.True(await Table.InsertAsync(Full("full", 0), None));

        Assert.Equal(text, (await ReadAsync(longest)).Text(name));
        Assert.Equal(RowLimits.Properties, (await ReadAsync("most")).Properties.Count);
        Assert.Equal(RowLimits.RowBytes, RowRules.SizeOf(await ReadAsync("full")));
    }

    [Fact]
    public async Task Insert_BeyondTheLimits_IsRefused()
    {
        var tooMany = Enumerable.Range(0, RowLimits.Properties + 1).Select(number => ($"P{number}", (object)1L));

        await RefusedAsync(() => Table.InsertAsync(NewRow("a", [.. tooMany]), None));
        await RefusedAsync(() => Table.InsertAsync(Full("a", 1), None));
    }

    [Fact]
    public async Task Merge_ResultBeyondTheLimits_IsRefusedAndChangesNothing()
    {
        await Table.InsertAsync(Full("full", 0), None);
        var before = await ReadAsync("full");

        await RefusedAsync(() =>
            Table.MergeAsync(NewRow("full", ("P00", Array.Empty<byte>()), ("More", new byte[65536])), null, None)
        );
        var others = Enumerable.Range(0, 240).Select(number => ($"Other{number}", (object)true)).ToArray();
        await RefusedAsync(() => Table.MergeAsync(NewRow("full", others), null, None));

        var after = await ReadAsync("full");
        Assert.Equal(before.ETag, after.ETag);
        Assert.Equal(before.Properties.Count, after.Properties.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(RowLimits.PageRows + 1)]
    public Task Query_BadTop_IsRefused(int top) =>
        RefusedAsync(() => Table.QueryAsync(Partition, new RowRange("", "~"), top, null, None));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public async Task MergeAndDelete_TagForAny_AreRefused(string tag)
    {
        await RefusedAsync(() => Table.MergeAsync(NewRow("a"), tag, None));
        await RefusedAsync(() => Table.DeleteAsync(Partition, "a", tag, None));
    }

    /// <summary>A row of exactly the most bytes, and a few more.</summary>
    private static Row Full(string key, int more)
    {
        var row = RowOf(key, RowLimits.RowBytes - (2 * RowLimits.PropertyBytes));
        var rest = new Dictionary<string, object>(row.Properties) { ["Rest1"] = new byte[RowLimits.PropertyBytes] };
        rest["Rest2"] = Array.Empty<byte>();
        var size = RowRules.SizeOf(row with { Properties = rest });
        rest["Rest2"] = new byte[RowLimits.RowBytes - size + more];
        return row with { Properties = rest };
    }

    private static Task<ArgumentException> RefusedAsync(Func<Task> call) =>
        Assert.ThrowsAnyAsync<ArgumentException>(call);
}
