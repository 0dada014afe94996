using TimeTagger.SiteBuilder.Output;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

public sealed class SiteFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _out;

    public SiteFolderTests() => _out = Path.Combine(_folder.Path, "dist");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Complete_Build_IsKnownByItsFingerprintUntilAFileChanges()
    {
        Build("one", "first");

        Assert.True(new SiteFolder(_out).IsBuiltFrom("first"));
        Assert.False(new SiteFolder(_out).IsBuiltFrom("second"));

        File.AppendAllText(Path.Combine(_out, "index.html"), "changed");
        Assert.False(new SiteFolder(_out).IsBuiltFrom("first"));
    }

    [Fact]
    public void Discard_UnfinishedBuild_LeavesTheLastOne()
    {
        Build("one", "first");
        var folder = new SiteFolder(_out);
        File.WriteAllText(Path.Combine(folder.Begin(), "index.html"), "half");
        folder.Discard();

        Assert.Equal("one", File.ReadAllText(Path.Combine(_out, "index.html")));
        Assert.True(folder.IsBuiltFrom("first"));
    }

    [Fact]
    public void Begin_FolderWithOtherFiles_IsRefusedAndUntouched()
    {
        var letter = _folder.Write("dist/letter.txt", "dear");

        var e = Assert.Throws<OutputFolderException>(() => new SiteFolder(_out).Begin());

        Assert.Contains("holds files that are not a built site", e.Message, StringComparison.Ordinal);
        Assert.Equal("dear", File.ReadAllText(letter));
    }

    [Fact]
    public async Task Enter_WhileAnotherBuildWorks_WaitsForItsEnd()
    {
        var first = await new SiteFolder(_out).EnterAsync(TextWriter.Null, CancellationToken.None);
        var second = new SiteFolder(_out).EnterAsync(TextWriter.Null, CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second.WaitAsync(TimeSpan.FromSeconds(60))).Dispose();
    }

    [Fact]
    public async Task Enter_FolderThatIsGone_Fails()
    {
        var folder = new SiteFolder(_out);
        Directory.Delete(Path.Combine(_folder.Path, ".stamps"), recursive: true);

        await Assert.ThrowsAnyAsync<IOException>(() =>
            folder.EnterAsync(TextWriter.Null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60))
        );
    }

    private void Build(string content, string fingerprint)
    {
        var folder = new SiteFolder(_out);
        var work = folder.Begin();
        File.WriteAllText(Path.Combine(work, "index.html"), content);
        File.WriteAllText(Path.Combine(work, "staticwebapp.config.json"), "{}");
        folder.Complete(fingerprint);
    }
}
