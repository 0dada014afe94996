using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Pages;

public sealed class PageSourceTests
{
    [Fact]
    public void Parse_FrontMatterAndBody_AreTakenApart()
    {
        var page = PageSource.Parse(
            "p.md",
            "p.html",
            "---\r\ntitle: \"A: b\"\r\ndescription: D\r\n\r\nscript: app\r\nlang: de\r\n---\r\n# X"
        );

        Assert.Equal(
            ("A: b", "D", "page", "app", "de"),
            (page.Title, page.Description, page.Layout, page.Script, page.Lang)
        );
        Assert.Equal(("# X", 8), (page.Markdown, page.BodyLine));
    }

    [Fact]
    public void Parse_LanguageNotNamed_IsEnglish() =>
        Assert.Equal("en", PageSource.Parse("p.md", "p.html", "---\ntitle: T\ndescription: D\n---").Lang);

    [Theory]
    [InlineData("# No front matter", "p.md(1): A page begins with its front matter: --- on the first line.")]
    [InlineData("---\ntitle: T", "p.md(1): The front matter has no end: add a line with --- after it.")]
    [InlineData(
        "---\ntitel: T\n---",
        "p.md(2): \"titel\" is not known here. Use title, description, layout, script, lang."
    )]
    [InlineData(
        "---\ntitle: T\ntitle: U\n---",
        "p.md(3): This is not YAML. A value with a colon or another mark of YAML goes between quotes, and a name stands there once."
    )]
    [InlineData(
        "---\ntitle: T\ndescription: A: b\n---",
        "p.md(3): This is not YAML. A value with a colon or another mark of YAML goes between quotes, and a name stands there once."
    )]
    [InlineData("---\ntitle: [T, U]\n---", "p.md(2): \"title\" is one value. Write it on one line.")]
    [InlineData("---\njust words\n---", "p.md(2): The front matter has lines \"name: value\". Write it like that.")]
    [InlineData("---\ntitle: T\n---", "p.md(3): The front matter has no description. Add a line \"description: …\".")]
    [InlineData("---\n---", "p.md(2): The front matter has no title. Add a line \"title: …\".")]
    public void Parse_Mistake_IsNamedWithItsLine(string text, string message)
    {
        var e = Assert.Throws<FrontMatterException>(() => PageSource.Parse("p.md", "p.html", text));

        Assert.Equal(message, e.Message);
    }

    [Theory]
    [InlineData("index.html", "/")]
    [InlineData("login.html", "/login")]
    [InlineData("app/index.html", "/app/")]
    [InlineData("docs/api/items.html", "/docs/api/items")]
    public void Address_Path_IsWhatStaticWebAppsServes(string path, string address) =>
        Assert.Equal(address, Given.Page(path: path).Address);
}
