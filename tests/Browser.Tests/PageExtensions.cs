using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TimeTagger.Browser.Tests;

/// <remarks>
/// What waits here is the driver. Playwright's own <c>WaitForURLAsync</c> and <c>WaitForLoadStateAsync</c> look first and
/// listen afterwards in this process, and wait for ever when it happens in between
/// (https://github.com/microsoft/playwright-dotnet/issues/3364).
/// </remarks>
internal static class PageExtensions
{
    /// <summary>Waits until the page is at this path, whatever its query and fragment say.</summary>
    public static Task WaitForPathAsync(this IPage page, string path) =>
        Expect(page)
            .ToHaveURLAsync(
                new Regex($"^[a-z]+://[^/]+{Regex.Escape(path)}([?#]|$)", RegexOptions.None, TimeSpan.FromSeconds(1))
            );

    /// <summary>Goes to an address and waits until the page asks for nothing more.</summary>
    public static Task GotoAndSettleAsync(this IPage page, string address) =>
        page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
}
