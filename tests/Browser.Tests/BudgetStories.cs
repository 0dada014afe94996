using System.IO.Compression;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;

namespace TimeTagger.Browser.Tests;

/// <summary>What a page makes a browser fetch on its first visit, compressed with Brotli as Static Web Apps does.</summary>
public sealed class BudgetStories(BrowserFixture fixture, ITestOutputHelper output) : IClassFixture<BrowserFixture>
{
    private const int KiloByte = 1000;

    [Theory]
    [InlineData("/", 60)]
    [InlineData("/app/demo", 130)]
    [InlineData("/app/sandbox", 130)]
    public Task Page_FirstVisit_StaysWithinItsBudgetAndThatOfTheFonts(string address, int budget) =>
        Story.TellAsync(
            fixture,
            async story =>
            {
                var page = await (await story.NewBrowserAsync()).NewPageAsync();
                var (files, fonts) = await FetchedAsync(page, address);
                output.WriteLine($"{address}: {files / 1000.0:0.0} KB, fonts {fonts / 1000.0:0.0} KB");

                Assert.InRange(files, 1, budget * KiloByte);
                Assert.InRange(fonts, 1, 60 * KiloByte);
            }
        );

    [Fact]
    public Task App_FirstVisit_StaysWithinItsBudget() =>
        Story.TellAsync(
            fixture,
            async story =>
            {
                var app = await story.SignedInAsync();
                var (files, fonts) = await FetchedAsync(await app.Page.Context.NewPageAsync(), "/app/");
                output.WriteLine($"/app/: {files / 1000.0:0.0} KB, fonts {fonts / 1000.0:0.0} KB");

                Assert.InRange(files, 1, 130 * KiloByte);
            }
        );

    private static async Task<(long Files, long Fonts)> FetchedAsync(IPage page, string address)
    {
        var responses = new List<IResponse>();
        page.Response += (_, response) => responses.Add(response);
        await page.GotoAndSettleAsync(address);
        long files = 0;
        long fonts = 0;
        foreach (var response in responses.Where(response => response.Ok && !response.Url.Contains("/api/")))
        {
            var body = await response.BodyAsync();
            if (response.Url.EndsWith(".woff2", StringComparison.Ordinal))
            {
                fonts += body.Length; // They are compressed.
            }
            else
            {
                files += Compressed(body);
            }
        }

        return (files, fonts);
    }

    private static long Compressed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(body);
        }

        return packed.Length;
    }
}
