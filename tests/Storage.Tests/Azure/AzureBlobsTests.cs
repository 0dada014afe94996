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
}
