using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Contract;

public abstract partial class StorageContract
{
    public static TheoryData<string> BadBlobNames =>
        ["", "/a", "a/", "a//b", ".", "a/./b", "a/../b", "a./b", "a\\b", "a\nb", "ä", new string('n', 1025)];

    private IBlobs Blobs => Storage.Commits;

    [Fact]
    public async Task BlobGet_NoBlob_IsNull()
    {
        Assert.Null(await Blobs.GetAsync("commits/a/1", None));
        Assert.False(await Blobs.DeleteAsync("commits/a/1", None));
    }

    [Fact]
    public async Task BlobPut_Twice_TheLastRemains()
    {
        await Blobs.PutAsync("commits/a/1", new byte[] { 1, 2 }, None);
        await Blobs.PutAsync("commits/a/1", new byte[] { 3 }, None);
        await Blobs.PutAsync("commits/a/Empty", ReadOnlyMemory<byte>.Empty, None);

        Assert.Equal(new byte[] { 3 }, await Blobs.GetAsync("commits/a/1", None));
        Assert.Equal(Array.Empty<byte>(), await Blobs.GetAsync("commits/a/Empty", None));
        Assert.Null(await Blobs.GetAsync("commits/a/empty", None));
    }

    [Fact]
    public async Task BlobPut_Large_ComesBackTheSame()
    {
        var content = new byte[12 * 1024 * 1024];
        new Random(1).NextBytes(content);
        await Blobs.PutAsync("commits/a/large", content, None);

        var read = await Blobs.GetAsync("commits/a/large", None);
        Assert.True(content.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task BlobDelete_Blob_IsGone()
    {
        await Blobs.PutAsync("commits/a/1", new byte[] { 1 }, None);

        Assert.True(await Blobs.DeleteAsync("commits/a/1", None));

        Assert.Null(await Blobs.GetAsync("commits/a/1", None));
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task BlobList_Prefix_ListsItsNamesInOrder()
    {
        foreach (var name in new[] { "c/b/2", "c/b/10", "c/a/~", "c/a/1", "c/ab/1", "d", "C/a/1", "c" })
            await Blobs.PutAsync(name, new byte[1], None);

        Assert.Equal(["c/a/1", "c/a/~"], await ListAsync("c/a/"));
        Assert.Equal(["c/a/1", "c/a/~", "c/ab/1"], await ListAsync("c/a"));
        Assert.Equal(["C/a/1", "c", "c/a/1", "c/a/~", "c/ab/1", "c/b/10", "c/b/2", "d"], await ListAsync(""));
        Assert.Empty(await ListAsync("e"));
    }

    [Fact]
    public async Task BlobList_Entry_SaysWhenItWasLastStored()
    {
        await Blobs.PutAsync("a", new byte[1], None);
        await PassAsync(TimeSpan.FromHours(1));
        await Blobs.PutAsync("a", new byte[1], None);

        var entry = Assert.Single(await Blobs.ListAsync("", None).ToListAsync());

        Assert.Equal(TimeSpan.Zero, entry.Stored.Offset);
        Assert.InRange((entry.Stored - Clock.GetUtcNow()).Duration(), TimeSpan.Zero, DateTolerance);
    }

    [Theory]
    [MemberData(nameof(BadBlobNames))]
    public async Task BlobCalls_BadName_AreRefused(string name)
    {
        await RefusedAsync(() => Blobs.PutAsync(name, new byte[1], None));
        await RefusedAsync(() => Blobs.GetAsync(name, None));
        await RefusedAsync(() => Blobs.DeleteAsync(name, None));
    }

    [Fact]
    public async Task BlobCalls_LongestName_AreDone()
    {
        var name = string.Join('/', Enumerable.Repeat("e.0-_~%", 128));
        await Blobs.PutAsync(name, new byte[] { 1 }, None);

        Assert.Equal(1023, name.Length);
        Assert.Equal([name], await ListAsync(""));
        Assert.Equal(new byte[] { 1 }, await Blobs.GetAsync(name, None));
    }

    private async Task<string[]> ListAsync(string prefix) =>
        [.. (await Blobs.ListAsync(prefix, None).ToListAsync()).Select(entry => entry.Name)];
}
