using System.Collections.Immutable;

namespace TimeTagger.Local.Site;

/// <summary>
/// A route of Static Web Apps: an exact path, or a beginning with <c>*</c> at its end, perhaps only for some file
/// extensions (<c>/images/*.{png,jpg}</c>). The route of an <c>index.html</c> also means its folder.
/// </summary>
internal sealed class RoutePattern
{
    private const string Index = "/index.html";
    private readonly string _start;
    private readonly bool _wildcard;
    private readonly ImmutableArray<string> _extensions;

    /// <exception cref="FormatException">A star anywhere but before the end.</exception>
    public RoutePattern(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        _wildcard = star >= 0;
        _start = _wildcard ? pattern[..star] : pattern;
        var rest = _wildcard ? pattern[(star + 1)..] : "";
        _extensions = rest switch
        {
            "" => [],
            ['.', '{', .. var list, '}'] => [.. list.Split(',').Select(extension => $".{extension.Trim()}")],
            ['.', ..] when !rest.Contains('*', StringComparison.Ordinal) => [rest],
            _ => throw new FormatException($"the route '{pattern}' has a star that is not at its end"),
        };
    }

    public bool Matches(string path) =>
        _wildcard
            ? path.StartsWith(_start, StringComparison.Ordinal)
                && (_extensions.IsEmpty || _extensions.Any(e => path.EndsWith(e, StringComparison.Ordinal)))
            : path == _start || IsFolderOfIndex(path);

    private bool IsFolderOfIndex(string path) =>
        _start.EndsWith(Index, StringComparison.Ordinal) && path.TrimEnd('/') == _start[..^Index.Length];
}
