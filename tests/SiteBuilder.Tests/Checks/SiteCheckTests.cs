using TimeTagger.SiteBuilder.Checks;
using TimeTagger.SiteBuilder.Pages;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests.Checks;

public sealed class SiteCheckTests
{
    [Theory]
    [InlineData("<a href='/p'>")]
    [InlineData("<a href='/p#part'>")]
    [InlineData("<a href='#part'>")]
    [InlineData("<a href='part#page=/p'>")]
    [InlineData("<a href='/part#page=./account'>")]
    [InlineData("<a href='/app/?action=stop'>")]
    [InlineData("<a href='/api/v2/records'>")]
    [InlineData("<a href='/status'>")]
    [InlineData("<a href='https://example.org/x'>")]
    [InlineData("<a href='mailto:ada@example.org'>")]
    [InlineData("<img src='/assets/a.png' srcset='/assets/a.png 1x, /assets/b.png 2x'>")]
    [InlineData("<img src='data:image/png;base64,AAAA'>")]
    [InlineData("<img src='/assets/a.png' srcset='data:image/png;base64,AAAA 1x, /assets/b.png 2x'>")]
    [InlineData("<script type=module src='/assets/a.js'></script>")]
    [InlineData("<svg><use href='/assets/a.png#part'/></svg>")]
    [InlineData("<form action='/p'><button formaction='/part'>x</button></form>")]
    public void Check_SoundPage_Passes(string html) => Check(html);

    [Theory]
    [InlineData("<a href='/gone'>", "The link to /gone leads nowhere. Add that page or correct the link.")]
    [InlineData("<a href='/gone#x=y'>", "The link to /gone#x=y leads nowhere.")]
    [InlineData("<a href='/app'>", "The link to /app is redirected. Write /app/.")]
    [InlineData("<a href='/part.html'>", "The link to /part.html is redirected. Write /part.")]
    [InlineData("<a href='/part/'>", "The link to /part/ is redirected. Write /part.")]
    [InlineData("<a href='/app/index.html'>", "The link to /app/index.html is redirected. Write /app/.")]
    [InlineData("<a href='#gone'>", "The link to #gone leads to no part of that page: nothing has the id \"gone\".")]
    [InlineData("<a href='/part#gone'>", "The link to /part#gone leads to no part of that page")]
    [InlineData("<img src='/assets/gone.png'>", "The link to /assets/gone.png leads nowhere.")]
    [InlineData(
        "<img src='/assets/a.png' srcset='/assets/a.png 1x ,/assets/gone.png 2x'>",
        "The link to /assets/gone.png leads nowhere."
    )]
    [InlineData("<svg><use xlink:href='/assets/gone.svg'/></svg>", "The link to /assets/gone.svg leads nowhere.")]
    [InlineData("<form action='/gone'>", "The link to /gone leads nowhere.")]
    public void Check_BrokenReference_IsNamed(string html, string problem)
    {
        var e = Assert.Throws<BrokenLinkException>(() => Check(html));

        Assert.StartsWith($"static-web/pages/p.md: {problem}", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            " It comes from the layout \"page\" (line 2 of the finished page).",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Check_BrokenLinkInAPagesText_IsNamedWithItsLine()
    {
        var page = new RenderedPage(Given.Page(), "<a href='/gone#part'></a>", [new SourceLink("/gone#part", 8)]);

        var e = Assert.Throws<BrokenLinkException>(() => SiteCheck.Check([page], []));

        Assert.Equal(
            "static-web/pages/p.md(8): The link to /gone#part leads nowhere. Add that page or correct the link.",
            e.Message
        );
    }

    [Theory]
    [InlineData("<p style='color: red'>", "A <p> has a style attribute.")]
    [InlineData("<style>p { color: red }</style>", "There is a <style>.")]
    [InlineData("<script>alert(1)</script>", "There is a script in the page itself.")]
    [InlineData("<script src='/assets/a.js'>alert(1)</script>", "There is a script in the page itself.")]
    [InlineData("<p onclick='x()'>", "A <p> has the attribute onclick.")]
    [InlineData("<svg ONLOAD=x()></svg>", "A <svg> has the attribute onload.")]
    [InlineData("<a href=' java\nscript:x()'>", "A <a> has the address")]
    [InlineData("<form action='javascript:x()'>", "A <form> has the address javascript:x().")]
    [InlineData("<img src='https://example.org/x.png'>", "A <img> fetches https://example.org/x.png from elsewhere.")]
    [InlineData("<script src='//example.org/x.js'></script>", "A <script> fetches //example.org/x.js from elsewhere.")]
    [InlineData(
        "<link rel=stylesheet href='http://example.org/x.css'>",
        "A <link> fetches http://example.org/x.css from elsewhere."
    )]
    [InlineData(
        "<img src='/assets/a.png' srcset='https://example.org/x.png 2x'>",
        "A <img> fetches https://example.org/x.png from elsewhere."
    )]
    [InlineData("<iframe src='/p'></iframe>", "There is a <iframe>")]
    [InlineData("<base href='/p'>", "There is a <base>")]
    public void Check_WhatThePolicyForbids_IsNamed(string html, string problem)
    {
        var e = Assert.Throws<ForbiddenMarkupException>(() => Check(html));

        Assert.StartsWith($"static-web/pages/p.md: {problem}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_IdTwice_IsNamed()
    {
        var e = Assert.Throws<DuplicateIdException>(() => Check("<i id='x'></i><b id='x'></b>"));

        Assert.StartsWith("static-web/pages/p.md: The id \"x\" is on 2 elements.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralProblems_AreAllNamed()
    {
        var e = Assert.Throws<SeveralProblemsException>(() =>
            Check("<a href='/one'></a><p style='x'></p><a href='/two'></a>")
        );

        Assert.Equal(3, e.Problems.Count);
        Assert.Equal(3, e.Message.Split('\n').Length);
    }

    private static void Check(string html) =>
        SiteCheck.Check(
            [
                Page($"<b id='part'></b>\n{html}", "p.html"),
                Page("<b id='part'></b>", "part.html"),
                Page("", "app/index.html"),
            ],
            ["/assets/a.png", "/assets/b.png", "/assets/a.js"]
        );

    private static RenderedPage Page(string html, string path) => new(Given.Page(path: path), html, []);
}
