using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>
/// Tests that count what the whole process allocates: they run after all others, alone, so that no other test is counted.
/// </summary>
[CollectionDefinition(nameof(AloneTests), DisableParallelization = true)]
public sealed class AloneTests : ICollectionFixture<AzuriteFixture>;

/// <summary>What reading costs in memory.</summary>
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

    [Fact]
    public async Task QueryAsync_OfLargeRows_AllocatesAFewTimesTheirSize()
    {
        const int rows = 40;
        const int size = 60 * 1024;
        var table = AzuriteFixture.Open(fixture.NewOptions()).Journal;
        for (var number = 0; number < rows; number++)
        {
            var content = new Dictionary<string, object> { ["D0"] = new byte[size] };
            await table.InsertAsync(new Row("e", $"z{number:D2}", content), default);
        }

        await table.QueryAsync("e", new RowRange("", "~"), rows, null, default);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var page = await table.QueryAsync("e", new RowRange("", "~"), rows, null, default);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // The answer (1.3 times the bytes) in a buffer that grows and once more for the parser, each value as Base64 in
        // UTF-16 (2.7 times), and the bytes.
        Assert.Equal(rows, page.Rows.Count);
        Assert.InRange(allocated, rows * size, rows * size * 12);
    }
}
