using System.Globalization;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace TimeTagger.Api.Policy;

/// <summary>Reads query parameters as clients of this API know them: of a repeated one the last that is not empty counts.</summary>
internal static class QueryText
{
    /// <summary>
    /// The parameters: <c>&amp;</c> separates, <c>+</c> is a blank, bytes that are not UTF-8 become U+FFFD, and names
    /// are told apart by case. The framework's own reading differs in the last two.
    /// </summary>
    internal static QueryCollection Parse(QueryString query)
    {
        var parameters = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var pair in (query.Value is ['?', .. var text] ? text : "").Split('&'))
        {
            if (pair.Split('=', 2) is [var name, var value])
            {
                var key = WebUtility.UrlDecode(name);
                parameters[key] = StringValues.Concat(parameters.GetValueOrDefault(key), WebUtility.UrlDecode(value));
            }
        }

        return new QueryCollection(parameters);
    }

    /// <summary>The parameter, or null where it is absent or empty. White space is kept.</summary>
    internal static string? Value(this IQueryCollection query, string name) =>
        query[name].LastOrDefault(value => !StringValues.IsNullOrEmpty(value));

    /// <summary>
    /// Whether the parameter asks for yes; null where it is absent or empty. The Functions host may join repeated ones
    /// with commas: here, too, the last counts.
    /// </summary>
    internal static bool? Flag(this IQueryCollection query, string name) =>
        query.Value(name)?.Split(',')[^1].Trim().ToLowerInvariant() switch
        {
            null or "" => null,
            "false" or "off" or "no" or "n" or "0" => false,
            _ => true,
        };

    /// <summary>A number of seconds: decimals, exponent, sign, infinity; null where it is none, or not a number.</summary>
    internal static double? Seconds(string text)
    {
        var trimmed = text.Trim();
        return trimmed.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            // The framework forgives a NUL at the end.
            _ when trimmed.Contains('\0', StringComparison.Ordinal) => null,
            _ => double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && !double.IsNaN(seconds)
                ? seconds
                : null,
        };
    }
}
