using TimeTagger.SiteBuilder.Templates;

namespace TimeTagger.SiteBuilder.Pages;

/// <summary>The layouts of <c>templates/</c>: <c>PageLayout.razor</c> is <c>page</c>.</summary>
internal static class Layouts
{
    private const string Suffix = "Layout";

    private static readonly SortedDictionary<string, Type> ByName = new(
        typeof(PageLayout)
            .Assembly.GetTypes()
            .Where(type =>
                type.Namespace == typeof(PageLayout).Namespace && type.Name.EndsWith(Suffix, StringComparison.Ordinal)
            )
            .ToDictionary(type => type.Name[..^Suffix.Length].ToLowerInvariant(), StringComparer.Ordinal),
        StringComparer.Ordinal
    );

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The component of a layout, or null where there is none of that name.</summary>
    public static Type? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether there is a layout of that name.</summary>
    public static bool Has(string name) => ByName.ContainsKey(name);
}
