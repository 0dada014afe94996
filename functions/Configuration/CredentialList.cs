using System.Text.RegularExpressions;

namespace TimeTagger.Configuration;

/// <summary>Users and their bcrypt hashes as one text: <c>user:hash,user:hash</c>, or with <c>;</c> between.</summary>
internal static partial class CredentialList
{
    /// <summary>Reads it; where a user comes twice, the last counts.</summary>
    /// <exception cref="FormatException">An entry is malformed; the message says which, without what is in it.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        const StringSplitOptions split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, entry) in text.Split([',', ';'], split).Index())
        {
            if (
                entry.Split(':', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } user, var hash]
                || !Hash().IsMatch(hash)
            )
            {
                // A shell that ate the dollar signs is the usual cause.
                throw new FormatException(
                    $"entry {i + 1} is not of the form user:bcrypt-hash (put single quotes around it: the hash has dollar signs)"
                );
            }

            hashes[user] = hash;
        }

        return hashes;
    }

    /// <summary>Writes it as <see cref="Parse"/> reads it, or null for nobody.</summary>
    public static string? Write(IReadOnlyDictionary<string, string> hashes) =>
        hashes.Count == 0 ? null : string.Join(',', hashes.Select(user => $"{user.Key}:{user.Value}"));

    [GeneratedRegex(@"^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hash();
}
