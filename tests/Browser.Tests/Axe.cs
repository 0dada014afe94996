using System.Text.Json;
using Microsoft.Playwright;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Browser.Tests;

/// <summary>Looks at a page with axe-core, in both themes, on a phone and on a desk.</summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run(document)).violations.map(violation =>
          `${violation.id}: ${violation.help}\n` + violation.nodes.map(node => `  ${node.html}`).join("\n"))
        """;

    private const string NextFrame =
        "() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))";

    private static readonly Lazy<string> Source = new(() =>
        File.ReadAllText(Path.Combine(LocalProgram.RepositoryRoot, "static-web/node_modules/axe-core/axe.min.js"))
    );

    /// <summary>There is nothing to complain about in what the page shows now.</summary>
    public static async Task ExpectNoViolationsAsync(IPage page)
    {
        var violations = new List<string>();
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var width in new[] { 390, 1280 })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
                await page.SetViewportSizeAsync(width, 800);
                await page.EvaluateAsync(NextFrame); // Until then colours are on their way.
                // The page's policy forbids script elements, not what the test itself runs.
                await page.EvaluateAsync(Source.Value);
                var found = await page.EvaluateAsync<string[]>(Run);
                violations.AddRange(found.Select(violation => $"{theme} {width} px: {violation}"));
            }
        }

        Assert.True(violations.Count == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }
}
