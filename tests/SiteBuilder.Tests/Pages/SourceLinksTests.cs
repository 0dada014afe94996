using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Pages;

public sealed class SourceLinksTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public SourceLinksTests()
    {
        _root.Write("docs/api/README.md", "");
        _root.Write("docs/api/items.md", "");
        _root.Write("docs/run.md", "");
        _root.Write("local/Program.cs", "");
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("[a](../run.md)", "<a href=\"/docs/run\">a</a>")]
    [InlineData("[a](../run.md#ports)", "<a href=\"/docs/run#ports\">a</a>")]
    [InlineData("[a](README.md)", "<a href=\"/docs/api/\">a</a>")]
    [InlineData("[a](../api)", "<a href=\"/docs/api/\">a</a>")]
    [InlineData("[a](#here)", "<a href=\"#here\">a</a>")]
    [InlineData("[a](/login)", "<a href=\"/login\">a</a>")]
    [InlineData("[a](https://example.org/x.md)", "<a href=\"https://example.org/x.md\">a</a>")]
    [InlineData("x [`a` *b*](../../local/Program.cs) y", "<p>x <code>a</code> <em>b</em> y</p>")]
    [InlineData("[a](../../local)", "<p>a</p>")]
    public void Rewrite_LinkOfADocument_LeadsToThePageOrIsText(string markdown, string html) =>
        Assert.Contains(html, Rewritten(Document(markdown)), StringComparison.Ordinal);

    [Fact]
    public void Rewrite_LinkToNoFile_IsNamedWithItsLine()
    {
        var e = Assert.Throws<BrokenLinkException>(() => Rewritten(Document("One\n\n[a](gone.md)")));

        Assert.Equal(
            "docs/api/items.md(3): The link to gone.md leads to no page: there is no docs/api/gone.md. Correct the link.",
            e.Message
        );
    }

    [Fact]
    public void Rewrite_LinkOfAPageToSomethingThatIsNoPage_IsRefused() =>
        Assert.Throws<BrokenLinkException>(() => Rewritten(Given.Page("[a](../../local/Program.cs)")));

    private static PageSource Document(string markdown) => DocsFolder.Parse("api/items.md", $"{markdown}\n\n# Items");

    private string Rewritten(PageSource page)
    {
        PageSource[] pages =
        [
            page,
            DocsFolder.Parse("run.md", "# Run"),
            DocsFolder.Parse("api/README.md", "# The API"),
        ];
        var document = PageMarkdown.Parse(page.Markdown, page.IsDocument);
        new SourceLinks(_root.Path, pages).Rewrite(page, document);
        return PageMarkdown.ToHtml(document, page.IsDocument, _ => null);
    }
}
