using System.Security.Cryptography;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

public sealed class SiteTests(BuiltSite site) : IClassFixture<BuiltSite>
{
    [Theory]
    [InlineData("index.html")]
    [InlineData("login.html")]
    [InlineData("logout.html")]
    [InlineData("app/index.html")]
    [InlineData("app/sw.js")]
    [InlineData("docs/index.html")]
    [InlineData("docs/operations.html")]
    [InlineData("docs/api/index.html")]
    [InlineData("404.html")]
    [InlineData("config.json")]
    [InlineData("manifest.webmanifest")]
    [InlineData("staticwebapp.config.json")]
    public void Build_Site_HasThePage(string path) => Assert.True(File.Exists(Path.Combine(site.Root, path)));

    [Fact]
    public void Build_Pages_HaveNoStyleAttributeAndNoInlineScript()
    {
        var pages = Directory.EnumerateFiles(site.Root, "*.html", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            var document = new HtmlParser().ParseDocument(File.ReadAllText(page));
            Assert.Empty(document.QuerySelectorAll("[style], style, script:not([src])"));
            Assert.All(document.Scripts, script => Assert.Equal("", script.TextContent));
            Assert.DoesNotContain(
                document.All.SelectMany(element => element.Attributes),
                attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Fact]
    public void Build_Configuration_ForbidsInlineCodeAndForeignHosts()
    {
        using var config = JsonDocument.Parse(site.Copy["staticwebapp.config.json"]);
        var policy = config.RootElement.GetProperty("globalHeaders").GetProperty("Content-Security-Policy").GetString();

        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; style-src 'self'; ",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Worker_KnowsEveryFileOfTheAppWithItsHash()
    {
        var files = WorkerFiles();
        var paths = files.Select(file => file.Path).ToList();

        foreach (var (path, sha256) in files)
        {
            var file = path.EndsWith('/') ? $"{path}index.html" : path;
            file = File.Exists(site.Root + file) ? file : $"{file}.html";
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(site.Root + file))), sha256);
        }
        Assert.Superset(new HashSet<string>(["/app/", "/config.json", "/manifest.webmanifest"]), paths.ToHashSet());
        Assert.All(
            (string[])["css", "js", "woff2"],
            kind => Assert.Contains(paths, path => path.EndsWith($".{kind}", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(
            paths,
            path => path.StartsWith("/api", StringComparison.Ordinal) || path is "/" or "/login"
        );
        Assert.Equal(paths.Count, paths.Distinct().Count());
    }

    [Fact]
    public void Build_Manifest_NamesIconsThatExist()
    {
        using var manifest = JsonDocument.Parse(site.Copy["manifest.webmanifest"]);

        Assert.Equal("/app/", manifest.RootElement.GetProperty("start_url").GetString());
        Assert.All(
            manifest.RootElement.GetProperty("icons").EnumerateArray(),
            icon => Assert.True(File.Exists(site.Root + icon.GetProperty("src").GetString()))
        );
    }

    private List<(string Path, string Sha256)> WorkerFiles()
    {
        const string begin = "const APP = ";
        var first = site.Copy["app/sw.js"].Split('\n')[0];
        Assert.StartsWith(begin, first, StringComparison.Ordinal);
        using var list = JsonDocument.Parse(first[begin.Length..].TrimEnd(';'));
        return
        [
            .. list
                .RootElement.GetProperty("files")
                .EnumerateArray()
                .Select(file => (file.GetProperty("path").GetString()!, file.GetProperty("sha256").GetString()!)),
        ];
    }
}
