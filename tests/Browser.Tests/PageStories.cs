using Microsoft.Playwright;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Browser.Tests;

/// <summary>Every page of the site, as people of all kinds meet it who are signed in.</summary>
public sealed class PageStories(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    /// <summary>What moves by less than this is not seen (Core Web Vitals call 0.1 good).</summary>
    private const double StillLayout = 0.01;

    private const string LayoutShift = """
        () => new Promise(resolve => {
          let sum = 0;
          new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 300);
        })
        """;

    private static readonly string Dist = Path.Combine(LocalProgram.RepositoryRoot, "static-web", "dist");

    [Fact]
    public Task Pages_All_AreAccessibleInBothThemesOnAPhoneAndOnADesk() =>
        Story.TellAsync(
            fixture,
            async story =>
            {
                var page = (await story.SignedInAsync()).Page;
                foreach (var address in Addresses())
                {
                    await page.GotoAndSettleAsync(address);
                    await Axe.ExpectNoViolationsAsync(page);
                }
            }
        );

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public Task Pages_All_StandStillAndFitTheWindow(int width) =>
        Story.TellAsync(
            fixture,
            async story =>
            {
                var page = (await story.SignedInAsync()).Page;
                await page.SetViewportSizeAsync(width, 800);
                var wrong = new List<string>();
                foreach (var address in Addresses())
                {
                    await page.GotoAndSettleAsync(address);
                    var shift = await page.EvaluateAsync<double>(LayoutShift);
                    var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
                    if (shift > StillLayout || excess > 0)
                    {
                        wrong.Add($"{address}: layout shift {shift:0.000}, {excess} px too wide");
                    }
                }

                Assert.Empty(wrong);
            }
        );

    /// <summary>The pages as they are asked for; <c>/logout</c> goes elsewhere at once.</summary>
    private static List<string> Addresses()
    {
        var pages = Directory
            .EnumerateFiles(Dist, "*.html", SearchOption.AllDirectories)
            .Select(file => "/" + Path.ChangeExtension(Path.GetRelativePath(Dist, file), null).Replace('\\', '/'))
            .Select(path => path.EndsWith("/index", StringComparison.Ordinal) ? path[..^"index".Length] : path)
            .Where(address => address != "/logout")
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("/", pages);
        Assert.Contains("/docs/api/", pages);
        return pages;
    }
}
