using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

public sealed class PageSourceTests
{
    [Fact]
    public void Parse_FrontMatterAndBody_AreTakenApart()
    {
        var page = PageSource.Parse(
            "p.md",
            "p.html",
            "---\r\ntitle: A: b\r\ndescription: D\r\n\r\nscript: app\r\n---\r\n# X"
        );

        Assert.Equal(("A: b", "D", "page", "app"), (page.Title, page.Description, page.Layout, page.Script));
        Assert.Equal(("# X", 7), (page.Markdown, page.BodyLine));
    }

    [Theory]
    [InlineData("# No front matter", "p.md(1): A page begins with its front matter: --- on the first line.")]
    [InlineData("---\ntitle: T", "p.md(1): The front matter has no end: add a line with --- after it.")]
    [InlineData("---\ntitel: T\n---", "p.md(2): \"titel\" is not known here. Use title, description, layout, script.")]
    [InlineData("---\ntitle: T\ntitle: U\n---", "p.md(3): \"title\" is given twice. Remove one.")]
    [InlineData("---\ntitle: T\n---", "p.md(3): The front matter has no description. Add a line \"description: …\".")]
    public void Parse_Mistake_IsNamedWithItsLine(string text, string message)
    {
        var e = Assert.Throws<PageException>(() => PageSource.Parse("p.md", "p.html", text));

        Assert.Equal(message, e.Message);
    }
}
