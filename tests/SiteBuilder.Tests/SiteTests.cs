using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace TimeTagger.SiteBuilder.Tests;

/// <summary>Builds the real site, once, with the real tools.</summary>
public sealed class BuiltSite : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal string Source { get; } = SiteOptions.Parse([], AppContext.BaseDirectory).Source;

    internal string Root => Path.Combine(_folder.Path, "first");

    public Task InitializeAsync() => BuildAsync("first");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>Builds into a folder of that name; whether there was anything to do, and what was printed.</summary>
    internal async Task<(bool Built, string Log, string Root)> BuildAsync(string name)
    {
        var root = Path.Combine(_folder.Path, name);
        var log = new StringWriter();
        var built = await Site.BuildAsync(new SiteOptions(Source, root), log, CancellationToken.None);
        return (built, log.ToString(), root);
    }
}

public sealed partial class SiteTests(BuiltSite site) : IClassFixture<BuiltSite>
{
    private IEnumerable<string> Pages => Directory.EnumerateFiles(site.Root, "*.html", SearchOption.AllDirectories);

    [Theory]
    [InlineData("index.html")]
    [InlineData("login.html")]
    [InlineData("logout.html")]
    [InlineData("app/index.html")]
    [InlineData("404.html")]
    [InlineData("staticwebapp.config.json")]
    public void Build_Site_HasThePage(string path) => Assert.True(File.Exists(Path.Combine(site.Root, path)));

    [Fact]
    public async Task Build_NothingChanged_DoesNothing()
    {
        var written = Directory.GetLastWriteTimeUtc(site.Root);

        var (built, log, _) = await site.BuildAsync("first");

        Assert.False(built);
        Assert.Empty(log);
        Assert.Equal(written, Directory.GetLastWriteTimeUtc(site.Root));
    }

    [Fact]
    public async Task Build_Twice_GivesTheSameBytes()
    {
        var (built, log, root) = await site.BuildAsync("second");

        Assert.True(built);
        Assert.Matches(@"^Building the site … \d+\.\d s\s*$", log);
        Assert.Equal(Contents(site.Root), Contents(root));
    }

    [Fact]
    public void Build_Pages_ObeyTheContentSecurityPolicy()
    {
        foreach (var page in Pages)
        {
            var html = File.ReadAllText(page);
            Assert.DoesNotMatch(InlineScript(), html);
            Assert.DoesNotMatch(InlineStyle(), html);
            Assert.DoesNotMatch(EventHandlerAttribute(), html);
            Assert.DoesNotMatch(ForeignAddress(), html);
        }
    }

    [Fact]
    public void Build_Pages_ReferToFilesThatExist()
    {
        var assets = Pages.SelectMany(page =>
            AssetAddress().Matches(File.ReadAllText(page)).Select(m => m.Groups["path"].Value)
        );

        Assert.All(assets.Distinct(), path => Assert.True(File.Exists(Path.Combine(site.Root, path)), path));
        Assert.Contains(assets, path => path.EndsWith(".js", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_Configuration_ForbidsInlineCodeAndForeignHosts()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(site.Root, "staticwebapp.config.json")));
        var policy = config.RootElement.GetProperty("globalHeaders").GetProperty("Content-Security-Policy").GetString();

        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; style-src 'self'; ",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Contents(string root) =>
        Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText, StringComparer.Ordinal);

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)|<script[^>]*>[^<]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<style|<[^>]*\sstyle\s*=", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InlineStyle();

    [GeneratedRegex(@"<[^>]*\son[a-z]+\s*=|javascript:", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex EventHandlerAttribute();

    [GeneratedRegex(@"<(?:script|link|img)[^>]*(?:src|href)=""(?:https?:)?//", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ForeignAddress();

    [GeneratedRegex(@"(?:src|href)=""/(?<path>assets/[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AssetAddress();
}
