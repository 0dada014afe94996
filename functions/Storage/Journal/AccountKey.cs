using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// The name of an account, and of its partition. This type is the only way to make one, so a partition is never
/// chosen by a text that nobody checked.
/// </summary>
public readonly record struct AccountKey
{
    private const int MaxLength = 400;
    private const int MarkBytes = 5;

    private AccountKey(string value) => Value = value;

    /// <summary>The partition key: <c>l.…</c> for a local account; lower-case letters, digits and <c>. - _</c> only.</summary>
    public string Value { get; }

    /// <summary>
    /// The account of a user name on one machine, without blanks around it. Names are told apart by their code
    /// points: whoever signs in has to match a configured name exactly, so no second spelling can reach an account.
    /// </summary>
    /// <exception cref="FormatException">The name is blank, too long, or not valid Unicode.</exception>
    public static AccountKey Local(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var trimmed = name.Trim();
        if (trimmed.Length == 0 || !IsUnicode(trimmed))
        {
            throw new FormatException("A user name must be text and not blank.");
        }

        var key = "l." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(trimmed));
        return key.Length <= MaxLength ? new AccountKey(key) : throw new FormatException("The user name is too long.");
    }

    /// <summary>The account of a key that this type has made before, as it comes out of a queue or a list.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AccountKey Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        const string local = "l.";
        var isLocal =
            value.StartsWith(local, StringComparison.Ordinal) && Base64Url.IsValid(value.AsSpan(local.Length));
        return
            isLocal
            && Local(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(value.AsSpan(local.Length)))) is var account
            && account.Value == value
            ? account
            : throw new FormatException("That is no account.");
    }

    /// <summary>What logs call the account, for a local one's key is a person's name: 10 hex digits.</summary>
    public string Mark => MarkOf(Value);

    /// <summary>The <see cref="Mark"/> of the account with that key: the beginning of its SHA-256.</summary>
    public static string MarkOf(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, MarkBytes));
    }

    /// <summary>Its <see cref="Mark"/>, so that no name gets into a text by accident.</summary>
    public override string ToString() => Mark;

    private static bool IsUnicode(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
