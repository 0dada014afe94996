namespace TimeTagger.Storage.Tests.Azure;

/// <summary>
/// Tests that count what the whole process allocates: they run after all others, alone, so that no other test is counted.
/// </summary>
[CollectionDefinition(nameof(AloneTests), DisableParallelization = true)]
public sealed class AloneTests : ICollectionFixture<AzuriteFixture>;

/// <summary>What reading a blob costs in memory.</summary>
[Collection(nameof(AloneTests))]
public sealed class AzureMemoryTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task GetAsync_OfALargeBlob_HoldsItOnce()
    {
        const int size = 32 * 1024 * 1024;
        var blobs = AzuriteFixture.Open(fixture.NewOptions()).Snapshots;
        await blobs.PutAsync("snapshots/a/b", new byte[size], default);
        // What the first call alone needs, connections and compiled code, is no part of it.
        await blobs.GetAsync("snapshots/a/b", default);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var blob = await blobs.GetAsync("snapshots/a/b", default);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(size, blob!.Length);
        Assert.InRange(allocated, size, size * 3 / 2);
    }
}
