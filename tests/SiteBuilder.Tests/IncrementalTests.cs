using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

/// <summary>What a change costs, and that it does not matter in which order changes came.</summary>
public sealed class IncrementalTests : IDisposable
{
    private readonly SiteCopy _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Build_AfterAChange_RunsOnlyWhatDependsOnIt()
    {
        var (_, _, first) = await _site.BuildAsync();
        Assert.Equal(["code", "files", "fonts", "pages", "scripts", "styles", "worker"], first);

        _site.Append("static-web/pages/404.md", "\nMore words.\n");
        Assert.Equal(["pages"], (await _site.BuildAsync()).Stages);
        Assert.Contains("More words.", _site["404.html"], StringComparison.Ordinal);

        _site.Append("docs/storage.md", "\n```sh\nls\n```\n");
        Assert.Equal(["code", "pages"], (await _site.BuildAsync()).Stages);

        _site.Append("static-web/styles/site.scss", "\n.only-here { color: red; }\n");
        Assert.Equal(["pages", "styles"], (await _site.BuildAsync()).Stages);

        _site.Append("static-web/app/pages/login.tsx", "\ndocument.title = \"changed\";\n");
        Assert.Equal(["pages", "scripts"], (await _site.BuildAsync()).Stages);

        _site.Append("static-web/worker/worker.ts", "\naddEventListener(\"sync\", () => undefined);\n");
        Assert.Equal(["worker"], (await _site.BuildAsync()).Stages);

        var (built, log, stages) = await _site.BuildAsync();
        Assert.False(built);
        Assert.Empty(log);
        Assert.Empty(stages);
    }

    [Fact]
    public async Task Build_WithWhatTestsAndEditorsKeepBesideTheSources_PublishesNoneOfIt()
    {
        await _site.BuildAsync();
        var before = _site.Contents;
        _site.Write("static-web/assets/.#icon.svg", "lock");
        _site.Write("static-web/assets/icon.svg~", "backup");
        _site.Write("static-web/pages/.#guide.md", "lock");
        _site.Write("static-web/pages/guide.test.md", "test");
        _site.Write("docs/.#storage.md", "lock");

        Assert.False((await _site.BuildAsync()).Built);

        Directory.Delete(_site.Options.Out, recursive: true);
        Directory.Delete(Path.Combine(_site.Options.Source, ".stamps"), recursive: true);
        await _site.BuildAsync();
        Assert.Equal(before, _site.Contents);
    }

    [Fact]
    public async Task Build_SameInputElsewhereAndInAnotherOrder_GivesTheSameBytes()
    {
        using var other = new SiteCopy();
        Action<SiteCopy>[] changes =
        [
            site => site.Append("static-web/pages/index.md", "\n## One more\n"),
            site => site.Append("static-web/styles/site.scss", "\n.one-more { color: red; }\n"),
            site => site.Append("static-web/app/pages/login.tsx", "\ndocument.title = \"one more\";\n"),
            site => site.Write("static-web/assets/one-more.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ];

        await _site.BuildAsync();
        foreach (var change in changes)
        {
            change(_site);
            await _site.BuildAsync();
        }
        foreach (var change in changes.Reverse())
        {
            change(other);
        }
        await other.BuildAsync();

        Assert.Equal(_site.Contents, other.Contents);
    }

    [Fact]
    public async Task Build_SourceThatIsGone_LeavesNothingInTheSite()
    {
        _site.Write("static-web/pages/extra.md", "---\ntitle: T\ndescription: D\n---\n");
        _site.Write("static-web/assets/extra.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        await _site.BuildAsync();
        Assert.Equal(2, _site.Contents.Keys.Count(path => path.Contains("extra", StringComparison.Ordinal)));

        _site.Delete("static-web/pages/extra.md");
        _site.Delete("static-web/assets/extra.svg");
        await _site.BuildAsync();

        Assert.DoesNotContain(_site.Contents.Keys, path => path.Contains("extra", StringComparison.Ordinal));
    }
}
