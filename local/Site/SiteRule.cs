using System.Collections.Immutable;

namespace TimeTagger.Local.Site;

/// <summary>One entry of <c>routes</c>, or of <c>responseOverrides</c>, where pattern and methods play no part.</summary>
internal sealed record SiteRule(RoutePattern Pattern)
{
    public ImmutableArray<string> Methods { get; init; } = [];
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;
    public string? Redirect { get; init; }
    public string? Rewrite { get; init; }
    public int? StatusCode { get; init; }

    public static SiteRule Read(ConfigObject entry)
    {
        var route = entry.String("route") ?? throw new FormatException($"{entry.Path}route is missing");
        var rule = Actions(entry, new RoutePattern(route)) with
        {
            Methods = entry.StringList("methods"),
            Headers = entry.Strings("headers") ?? ImmutableDictionary<string, string>.Empty,
        };
        if (entry.StringList("allowedRoles") is { IsEmpty: false } roles && !roles.Contains("anonymous"))
        {
            entry.WarnOf("allowedRoles");
        }
        entry.WarnOfTheRest();
        return rule;
    }

    public static SiteRule ReadOverride(ConfigObject entry)
    {
        var rule = Actions(entry, new RoutePattern("*"));
        entry.WarnOfTheRest();
        return rule;
    }

    public bool Matches(string method, string path) =>
        (Methods.IsEmpty || Methods.Contains(method, StringComparer.OrdinalIgnoreCase)) && Pattern.Matches(path);

    private static SiteRule Actions(ConfigObject entry, RoutePattern pattern) =>
        new(pattern)
        {
            Redirect = entry.String("redirect"),
            Rewrite = entry.String("rewrite"),
            StatusCode = entry.Integer("statusCode"),
        };
}
