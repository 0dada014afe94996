using System.Globalization;

namespace TimeTagger.Api.Accounts;

/// <summary>
/// Bcrypt hashes of passwords, in the form that the configuration lets through (docs/adr/0017-bcrypt-package.md). To check
/// one is work for a processor, 10 ms to seconds by its cost.
/// </summary>
internal static class PasswordHash
{
    /// <summary>The cost of a hash: the logarithm of how much work it is.</summary>
    internal static int CostOf(string hash) => int.Parse(hash.AsSpan(4, 2), CultureInfo.InvariantCulture);

    /// <summary>A hash of the same form that nothing matches, with another cost.</summary>
    internal static string WithCost(string hash, int cost) =>
        string.Create(CultureInfo.InvariantCulture, $"{hash.AsSpan(0, 4)}{cost:D2}{hash.AsSpan(6)}");

    /// <summary>
    /// Whether the hash is that of the password, which takes as long either way. Bcrypt looks at the first 72 bytes of
    /// its UTF-8.
    /// </summary>
    internal static bool Verify(string password, string hash)
    {
        // Bcrypt repeats a password up to its 72 bytes with a NUL after each, so that "a\0a" would pass as "a".
        var isSound = password.Length > 0 && !password.Contains('\0', StringComparison.Ordinal);
        return BCrypt.Net.BCrypt.Verify(isSound ? password : "-", hash) && isSound;
    }
}
