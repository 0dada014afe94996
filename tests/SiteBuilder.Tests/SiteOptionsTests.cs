using TimeTagger.SiteBuilder.Tools;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

public sealed class SiteOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _source;

    public SiteOptionsTests()
    {
        _source = Path.Combine(_folder.Path, "static-web");
        _folder.Write("static-web/package.json", "{}");
        _folder.Write("static-web/pages/index.md", "");
        _folder.Write("functions/Api/Api.csproj", "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("functions/Api")]
    [InlineData("static-web")]
    [InlineData("static-web/pages")]
    public void Parse_NothingGiven_FindsTheSourceInOrAbove(string folder)
    {
        var options = SiteOptions.Parse([], Path.Combine(_folder.Path, folder), _ => null);

        Assert.Equal((_source, Path.Combine(_source, "dist")), (options.Source, options.Out));
    }

    [Fact]
    public void Parse_BothFolders_AreTakenFromTheCurrentOne()
    {
        var options = SiteOptions.Parse(["--source", "static-web", "--out=site/"], _folder.Path, _ => null);

        Assert.Equal((_source, Path.Combine(_folder.Path, "site")), (options.Source, options.Out));
    }

    [Fact]
    public void Parse_UnknownArgument_SaysHowToUseIt()
    {
        var e = Assert.Throws<UsageException>(() => SiteOptions.Parse(["--wach"], _folder.Path, _ => null));

        Assert.StartsWith("The argument \"--wach\" is not known. Use: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Watch_IsAsked() =>
        Assert.True(SiteOptions.Parse(["--watch", "--out", "x"], _source, _ => null).Watches);

    [Fact]
    public void Parse_FolderWithoutSource_IsRefused() =>
        Assert.Throws<SourceNotFoundException>(() =>
            SiteOptions.Parse(["--source", "functions"], _folder.Path, _ => null)
        );

    [Theory]
    [InlineData("v18.3.0")]
    [InlineData("v20.18.9")]
    [InlineData("nonsense")]
    public void CheckNode_TooOld_IsOneSentenceThatSaysWhatToDo(string found)
    {
        var e = Assert.Throws<NodeTooOldException>(() => NodeTools.Check(found));

        Assert.Equal(
            $"TimeTagger needs Node 20.19 or newer; found {found}. Install it from https://nodejs.org and run the command again.",
            e.Message
        );
    }

    [Theory]
    [InlineData("v20.19.0")]
    [InlineData("v24.0.0-nightly")]
    public void CheckNode_NewEnough_Passes(string found) => NodeTools.Check(found);
}
