namespace TimeTagger.Configuration;

/// <summary>Origins of web sites as one text, as browsers write them, with <c>,</c> between.</summary>
internal static class OriginList
{
    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">One is not an origin; the message says which.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        return [.. text.Split(',', split).Select(Origin).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Writes it as <see cref="Parse"/> reads it, or null for none.</summary>
    public static string? Write(IReadOnlyList<string> origins) => origins.Count == 0 ? null : string.Join(',', origins);

    // Compared with what browsers send letter by letter, so whatever they would write in another way is a mistake.
    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) == text
        && text.All(char.IsAscii)
            ? text
            : throw new FormatException(
                $"'{text}' is not an origin as browsers write it, such as https://example.com or http://localhost:8080, "
                    + "without a path and in lower case"
            );
}
