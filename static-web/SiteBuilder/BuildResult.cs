namespace TimeTagger.SiteBuilder;

/// <summary>A finished build.</summary>
/// <param name="OnlyStyles">
/// The addresses of the style sheets, where nothing but they changed since the last build of this process; else null.
/// </param>
internal sealed record BuildResult(IReadOnlyList<string>? OnlyStyles);
