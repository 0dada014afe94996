using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Contract;

public abstract partial class StorageContract
{
    [Fact]
    public async Task Get_NoRow_IsNull() => Assert.Null(await Table.GetAsync(Partition, "head", None));

    [Fact]
    public async Task Insert_FreeKey_CanBeRead()
    {
        Assert.True(await Table.InsertAsync(NewRow("head", ("Text", "a"), ("Integer", 5L)), None));

        var row = await ReadAsync("head");

        Assert.Equal((Partition, "head"), (row.Partition, row.Key));
        Assert.Equal("a", row.Text("Text"));
        Assert.Equal(5L, row.Integer("Integer"));
        Assert.Equal(2, row.Properties.Count);
        Assert.False(string.IsNullOrEmpty(row.ETag));
    }

    [Fact]
    public async Task Insert_TakenKey_IsRefusedAndChangesNothing()
    {
        await Table.InsertAsync(NewRow("head", ("Text", "first")), None);
        var before = await ReadAsync("head");

        Assert.False(await Table.InsertAsync(NewRow("head", ("Text", "second"), ("More", true)), None));

        var after = await ReadAsync("head");
        Assert.Equal("first", after.Text("Text"));
        Assert.Equal(before.ETag, after.ETag);
        Assert.Single(after.Properties);
    }

    [Fact]
    public async Task Insert_SameKeyElsewhere_IsAnotherRow()
    {
        await InsertKeysAsync("head");

        Assert.True(await Table.InsertAsync(NewRow("head") with { Partition = "e.other" }, None));
        Assert.True(await Storage.System.InsertAsync(NewRow("head"), None));
        Assert.True(await Table.InsertAsync(NewRow("Head"), None));
    }

    [Fact]
    public async Task Insert_SameKeyBySixteen_OneWins()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = $"z{round}";
            var won = await Task.WhenAll(
                Enumerable
                    .Range(0, 16)
                    .Select(writer => Task.Run(() => Table.InsertAsync(NewRow(key, ("Writer", (long)writer)), None)))
            );

            var winner = Assert.Single(Enumerable.Range(0, 16), writer => won[writer]);
            Assert.Equal(winner, (await ReadAsync(key)).Integer("Writer"));
        }
    }

    [Fact]
    public async Task Insert_EveryTypeAndEdge_ComesBackTheSame()
    {
        var allBytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        (string, object)[] values =
        [
            ("Bytes", allBytes),
            ("NoBytes", Array.Empty<byte>()),
            ("NoText", ""),
            ("Text", "äöü Ω 漢字 𝒳🕰️ \"quoted\" \\ / <&> \u0001\t\r\n\u2028\uFFFD\uFEFF "),
            ("Nul", "a\0b"),
            ("Digits", "0123"),
            ("Longest", long.MaxValue),
            ("Lowest", long.MinValue),
            ("Whole", 2.0),
            ("Third", 1.0 / 3),
            ("Small", double.Epsilon),
            ("Large", double.MaxValue),
            ("Time", 1767600000.1234d),
            ("Yes", true),
            ("No", false),
            ("_under_9", 1L),
        ];
        await Table.InsertAsync(NewRow("z1", values), None);

        var row = await ReadAsync("z1");
        var listed = Assert.Single(await ReadAllAsync(new RowRange("", "~"), 10));

        foreach (var (name, value) in values)
        {
            Assert.Equal(value, row.Properties[name]);
            Assert.Equal(value.GetType(), row.Properties[name].GetType());
            Assert.Equal(value, listed.Properties[name]);
        }

        Assert.Equal(values.Length, row.Properties.Count);
        Assert.Equal(row.ETag, listed.ETag);
    }

    [Fact]
    public async Task Insert_ArrayChangedAfterwards_StoredRowIsUntouched()
    {
        byte[] bytes = [1, 2, 3];
        await Table.InsertAsync(NewRow("z1", ("Bytes", bytes)), None);
        bytes[0] = 9;
        (await ReadAsync("z1")).Bytes("Bytes")![1] = 9;

        Assert.Equal([1, 2, 3], (await ReadAsync("z1")).Bytes("Bytes"));
    }

    [Fact]
    public async Task Merge_SomeProperties_LeavesTheOthers()
    {
        await Table.InsertAsync(NewRow("head", ("Kept", "a"), ("Changed", 1L)), None);
        var before = await ReadAsync("head");

        Assert.True(await Table.MergeAsync(NewRow("head", ("Changed", "now text"), ("Added", true)), null, None));

        var after = await ReadAsync("head");
        Assert.Equal("a", after.Text("Kept"));
        Assert.Equal("now text", after.Text("Changed"));
        Assert.Equal(true, after.Properties["Added"]);
        Assert.NotEqual(before.ETag, after.ETag);
    }

    [Fact]
    public async Task Merge_NoRow_IsRefused()
    {
        Assert.False(await Table.MergeAsync(NewRow("head", ("Text", "a")), null, None));
        Assert.Null(await Table.GetAsync(Partition, "head", None));
    }

    [Fact]
    public async Task Merge_PresentTag_IsDoneOnce()
    {
        await InsertKeysAsync("head");
        var tag = (await ReadAsync("head")).ETag;

        Assert.True(await Table.MergeAsync(NewRow("head", ("Text", "first")), tag, None));
        Assert.False(await Table.MergeAsync(NewRow("head", ("Text", "second")), tag, None));

        Assert.Equal("first", (await ReadAsync("head")).Text("Text"));
    }

    [Fact]
    public async Task Merge_SameTagBySixteen_OneWins()
    {
        await InsertKeysAsync("head");
        var tag = (await ReadAsync("head")).ETag;

        var won = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(writer => Task.Run(() => Table.MergeAsync(NewRow("head", ("Writer", (long)writer)), tag, None)))
        );

        var winner = Assert.Single(Enumerable.Range(0, 16), writer => won[writer]);
        Assert.Equal(winner, (await ReadAsync("head")).Integer("Writer"));
    }

    [Fact]
    public async Task Merge_OwnColumnsBySixteen_NoneIsLost()
    {
        await InsertKeysAsync("head");

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(writer =>
                    Task.Run(() => Table.MergeAsync(NewRow("head", ($"Of{writer}", (long)writer)), null, None))
                )
        );

        Assert.Equal(16, (await ReadAsync("head")).Properties.Count);
    }

    [Fact]
    public async Task Delete_Row_IsGoneAndItsKeyFree()
    {
        await InsertKeysAsync("head");

        Assert.True(await Table.DeleteAsync(Partition, "head", null, None));
        Assert.False(await Table.DeleteAsync(Partition, "head", null, None));

        Assert.Null(await Table.GetAsync(Partition, "head", None));
        Assert.Empty(await ReadKeysAsync("", "~"));
        await InsertKeysAsync("head");
    }

    [Fact]
    public async Task Delete_OldTag_IsRefused()
    {
        await InsertKeysAsync("head");
        var old = (await ReadAsync("head")).ETag;
        await Table.MergeAsync(NewRow("head", ("Text", "a")), null, None);

        Assert.False(await Table.DeleteAsync(Partition, "head", old, None));
        Assert.True(await Table.DeleteAsync(Partition, "head", (await ReadAsync("head")).ETag, None));
    }

    [Fact]
    public async Task Delete_TagOfAnEarlierRow_IsRefused()
    {
        await InsertKeysAsync("head");
        var old = (await ReadAsync("head")).ETag;
        await Table.DeleteAsync(Partition, "head", null, None);
        await PassAsync(TimeSpan.FromMilliseconds(1));
        await InsertKeysAsync("head");

        Assert.False(await Table.MergeAsync(NewRow("head", ("Text", "a")), old, None));
        Assert.False(await Table.DeleteAsync(Partition, "head", old, None));
    }

    [Fact]
    public async Task Calls_CancelledBefore_DoNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.InsertAsync(NewRow("head"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Table.GetAsync(Partition, "head", cancelled));

        Assert.Null(await Table.GetAsync(Partition, "head", None));
    }
}
