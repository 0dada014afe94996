using Microsoft.Playwright;

namespace TimeTagger.Browser.Tests;

internal static class PageExtensions
{
    /// <summary>Waits until the page is at this path, whatever its query and fragment say.</summary>
    public static Task WaitForPathAsync(this IPage page, string path) =>
        page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
}
