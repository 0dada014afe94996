using System.Globalization;
using System.Text.RegularExpressions;

namespace TimeTagger.Configuration;

/// <summary>Users and their bcrypt hashes as one text: <c>user:hash,user:hash</c>, or with <c>;</c> between.</summary>
internal static partial class CredentialList
{
    private const int LowestCost = 4;
    private const int HighestCost = 31;

    /// <summary>Reads it; where a user comes twice, the last counts.</summary>
    /// <exception cref="FormatException">
    /// An entry is malformed; the message says which and whose, without anything that may be a hash.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, entry) in text.Split([',', ';'], split).Index())
        {
            if (entry.Split(':', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } user, var hash])
            {
                throw Malformed(i + 1);
            }

            if (Hash().Match(hash) is not { Success: true } match)
            {
                // With a dollar sign the two may have changed places.
                throw Malformed(i + 1, user.Contains('$', StringComparison.Ordinal) ? "" : $" for user '{user}'");
            }

            var cost = int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture);
            if (cost is < LowestCost or > HighestCost)
            {
                throw new FormatException(
                    $"entry {i + 1} has a hash of cost {cost} for user '{user}', and bcrypt's go from {LowestCost} to {HighestCost}"
                );
            }

            hashes[user] = hash;
        }

        return hashes;
    }

    /// <summary>Writes it as <see cref="Parse"/> reads it, or null for nobody.</summary>
    public static string? Write(IReadOnlyDictionary<string, string> hashes) =>
        hashes.Count == 0 ? null : string.Join(',', hashes.Select(user => $"{user.Key}:{user.Value}"));

    // A shell or a compose file that ate the dollar signs is the usual cause.
    private static FormatException Malformed(int entry, string whose = "") =>
        new(
            $"entry {entry} is not of the form user:bcrypt-hash{whose} (the hash has dollar signs: in a shell put single quotes around it, in a compose file write each as $$)"
        );

    [GeneratedRegex(
        @"^\$2[aby]\$(?<cost>[0-9]{2})\$[./A-Za-z0-9]{53}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Hash();
}
