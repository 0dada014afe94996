using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>What is Azure's own about its blobs; the contract has the rest.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class AzureBlobsTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task Calls_NoContainerAndNotOursToMake_FindNothingAndStoreNothing()
    {
        var blobs = AzuriteFixture.Open(fixture.NewOptions() with { CreateMissing = false }).Commits;

        Assert.Empty(await blobs.ListAsync("commits/", default).ToListAsync());
        Assert.Null(await blobs.GetAsync("commits/a/b", default));
        Assert.False(await blobs.DeleteAsync("commits/a/b", default));
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            blobs.PutAsync("commits/a/b", new byte[1], default)
        );
    }

    [Fact]
    public async Task GetAsync_OfALargeBlob_HoldsItOnce()
    {
        const int size = 32 * 1024 * 1024;
        var blobs = AzuriteFixture.Open(fixture.NewOptions()).Snapshots;
        await blobs.PutAsync("snapshots/a/b", new byte[size], default);

        // Other tests allocate meanwhile: the least of some tries is this call's own.
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetTotalAllocatedBytes();
            Assert.Equal(size, (await blobs.GetAsync("snapshots/a/b", default))!.Length);
            least = Math.Min(least, GC.GetTotalAllocatedBytes() - before);
        }

        Assert.InRange(least, size, size * 3 / 2);
    }
}
