using System.Collections.Immutable;
using System.Text.Json;

namespace TimeTagger.Local.Site;

/// <summary>The part of <c>staticwebapp.config.json</c> that means something on one machine.</summary>
internal sealed record SiteConfig
{
    public const string FileName = "staticwebapp.config.json";

    public ImmutableArray<SiteRule> Rules { get; init; } = [];
    public ImmutableDictionary<string, string> GlobalHeaders { get; init; } = NoHeaders;
    public ImmutableDictionary<string, string> MimeTypes { get; init; } = NoHeaders;
    public ImmutableDictionary<int, SiteRule> ErrorPages { get; init; } = ImmutableDictionary<int, SiteRule>.Empty;
    public string? Fallback { get; init; }
    public ImmutableArray<RoutePattern> FallbackExcludes { get; init; } = [];
    public TrailingSlash TrailingSlash { get; init; }

    private static ImmutableDictionary<string, string> NoHeaders { get; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <param name="warn">Gets a sentence for every part that has no effect here.</param>
    /// <exception cref="Refusal">The file is not what Static Web Apps would take.</exception>
    public static SiteConfig Read(string folder, Action<string> warn)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            warn($"{file} is missing: the site is served without its headers and rules.");
            return new SiteConfig();
        }
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return Read(new ConfigObject(json.RootElement, "", warn));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new Refusal($"{file} cannot be used: {e.Message}");
        }
    }

    private static SiteConfig Read(ConfigObject root)
    {
        var fallback = root.Object("navigationFallback");
        var config = new SiteConfig
        {
            Rules = [.. root.Objects("routes").Select(SiteRule.Read)],
            GlobalHeaders = root.Strings("globalHeaders") ?? NoHeaders,
            MimeTypes = root.Strings("mimeTypes") ?? NoHeaders,
            ErrorPages = ReadErrorPages(root.Object("responseOverrides")),
            Fallback = fallback?.String("rewrite"),
            FallbackExcludes = [.. fallback?.StringList("exclude").Select(p => new RoutePattern(p)) ?? []],
            TrailingSlash = ReadTrailingSlash(root.String("trailingSlash")),
        };
        root.Ignore("$schema", "platform"); // for editors, and for Azure's choice of a Functions runtime
        fallback?.WarnOfTheRest();
        root.WarnOfTheRest();
        return config;
    }

    private static ImmutableDictionary<int, SiteRule> ReadErrorPages(ConfigObject? overrides)
    {
        var pages = ImmutableDictionary.CreateBuilder<int, SiteRule>();
        if (overrides?.Object("404") is { } notFound)
        {
            pages[404] = SiteRule.ReadOverride(notFound);
        }
        overrides?.WarnOfTheRest();
        return pages.ToImmutable();
    }

    private static TrailingSlash ReadTrailingSlash(string? text) =>
        text switch
        {
            null => TrailingSlash.Either,
            "auto" => TrailingSlash.Auto,
            "always" => TrailingSlash.Always,
            "never" => TrailingSlash.Never,
            _ => throw new FormatException($"trailingSlash is '{text}', not auto, always or never"),
        };
}
