using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using TimeTagger.SiteBuilder.Assets;
using TimeTagger.SiteBuilder.Checks;
using TimeTagger.SiteBuilder.Pages;

namespace TimeTagger.SiteBuilder.App;

/// <summary>
/// Everything that the app needs to start without a connection: its pages, what they fetch, every piece that their scripts
/// may load later, and what the style sheets refer to.
/// </summary>
internal static partial class AppFiles
{
    private const string Folder = "/app/";

    /// <summary>The addresses, in one order, each with the file below the site's root.</summary>
    /// <param name="site">The folder of the finished site.</param>
    /// <param name="more">Addresses of files that the app asks for without a reference in its pages.</param>
    public static IReadOnlyList<(string Address, string Path)> Of(
        string site,
        IEnumerable<PageSource> pages,
        ClientAssets assets,
        IEnumerable<string> more
    )
    {
        var appPages = pages.Where(page => page.Address.StartsWith(Folder, StringComparison.Ordinal)).ToList();
        var files = appPages.SelectMany(page => FetchedBy(File.ReadAllText(Path.Combine(site, page.Path)))).ToList();
        var styles = files
            .Where(address => address.EndsWith(".css", StringComparison.Ordinal))
            .SelectMany(address => ReferencesOf(File.ReadAllText(Path.Combine(site, address[1..]))));
        var scripts = appPages
            .Select(page => page.Script)
            .OfType<string>()
            .SelectMany(name => assets.Scripts[name].Everything)
            .Select(path => $"/{path}");
        return
        [
            .. appPages.Select(page => (page.Address, page.Path)),
            .. files
                .Concat(styles)
                .Concat(scripts)
                .Concat(more)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(address => (address, address[1..])),
        ];
    }

    private static IEnumerable<string> FetchedBy(string html) =>
        new HtmlParser()
            .ParseDocument(html)
            .All.SelectMany(References.Fetched)
            .Where(address => address is ['/', not '/', ..])
            .Select(address => address.Split('#', '?')[0]);

    // Style sheets lie in the folder of the assets, and what they name there is named from it or from the root.
    private static IEnumerable<string> ReferencesOf(string css) =>
        Reference()
            .Matches(css)
            .Select(match => match.Groups["address"].Value)
            .Where(address => !address.StartsWith("data:", StringComparison.Ordinal) && address is not ['#', ..])
            .Select(address => address[0] == '/' ? address : $"/assets/{address}");

    [GeneratedRegex("""url\(\s*["']?(?<address>[^"')]+)["']?\s*\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
