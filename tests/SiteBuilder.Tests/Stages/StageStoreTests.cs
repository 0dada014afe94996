using TimeTagger.SiteBuilder.Stages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Stages;

public sealed class StageStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetAsync_SameKey_IsNotRunAgain()
    {
        await MakeAsync("k1", "one");

        var kept = await MakeAsync("k1", "two");

        Assert.False(kept.IsNew);
        Assert.Equal(["one"], kept.Value);
        Assert.Equal("one", File.ReadAllText(Path.Combine(kept.Folder, "one.txt")));
    }

    [Fact]
    public async Task GetAsync_OtherKey_LeavesNothingOfTheLastResult()
    {
        await MakeAsync("k1", "one");

        var made = await MakeAsync("k2", "two");

        Assert.True(made.IsNew);
        Assert.Equal(["two.txt"], Directory.EnumerateFiles(made.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task GetAsync_FailedRun_IsRunAgain()
    {
        var store = new StageStore(_folder.Path);
        await Assert.ThrowsAsync<StyleException>(() =>
            store.GetAsync<string[]>(
                "s",
                "k1",
                (folder, _) =>
                {
                    File.WriteAllText(Path.Combine(folder, "half.txt"), "");
                    throw new StyleException(null, null, "No.");
                },
                CancellationToken.None
            )
        );

        var made = await MakeAsync("k1", "one");

        Assert.Equal(["one.txt"], Directory.EnumerateFiles(made.Folder).Select(Path.GetFileName));
    }

    private Task<StageResult<string[]>> MakeAsync(string key, string content) =>
        new StageStore(_folder.Path).GetAsync<string[]>(
            "s",
            key,
            async (folder, stop) =>
            {
                await File.WriteAllTextAsync(Path.Combine(folder, $"{content}.txt"), content, stop);
                return [content];
            },
            CancellationToken.None
        );
}
