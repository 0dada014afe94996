using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Pages;

public sealed class DocsFolderTests : IDisposable
{
    private readonly TemporaryFolder _docs = new();

    public void Dispose() => _docs.Dispose();

    [Fact]
    public void Parse_Document_IsTitledByItsHeadingAndDescribedByItsFirstParagraph()
    {
        var page = DocsFolder.Parse(
            "api/items.md",
            "# The `items`\n\nWhat *they* are,\nand [why](x.md) {so}.\n\nMore."
        );

        Assert.Equal(("The items", "What they are, and why {so}."), (page.Title, page.Description));
        Assert.Equal(("docs/api/items.md", "/docs/api/items"), (page.File, page.Address));
    }

    [Fact]
    public void Parse_LongFirstParagraph_IsCutBetweenWords()
    {
        var page = DocsFolder.Parse("x.md", $"# X\n\n{string.Join(' ', Enumerable.Repeat("wordy", 60))}");

        Assert.Matches("^(wordy )+…$", page.Description);
        Assert.InRange(page.Description.Length, 120, 162);
    }

    [Fact]
    public void Parse_NoHeading_IsRefused()
    {
        var e = Assert.Throws<PageException>(() => DocsFolder.Parse("x.md", "Only words."));

        Assert.Equal("docs/x.md(1): A document begins with its title: a line \"# …\".", e.Message);
    }

    [Fact]
    public void Read_Folder_GetsAnIndexOfEverythingInOrder()
    {
        _docs.Write("run.md", "# Run");
        _docs.Write("api/README.md", "# The API");
        _docs.Write("api/a.md", "# 10 Limits");
        _docs.Write("api/b.md", "# 9 Reset");

        var index = DocsFolder.Read(_docs.Path, hasIndex: false)[0];

        Assert.Equal("/docs/", index.Address);
        Assert.Equal(
            "# Documentation\n\n- [Run](/docs/run)\n\n## The API\n\n- [The API](/docs/api/)\n- [9 Reset](/docs/api/b)\n- [10 Limits](/docs/api/a)",
            index.Markdown
        );
    }

    [Fact]
    public void Read_IndexIsAPageAlready_MakesNone()
    {
        _docs.Write("run.md", "# Run");

        Assert.Equal(["/docs/run"], DocsFolder.Read(_docs.Path, hasIndex: true).Select(page => page.Address));
    }
}
