using System.Text;
using TimeTagger.Domain.Tags;

namespace TimeTagger.Domain.Records;

/// <summary>Whether a description holds all of some tags. What precedes a hash does not matter; what follows the tag must end it.</summary>
/// <param name="tags">The tags without their hash.</param>
public sealed class TagFilter(IEnumerable<string> tags)
{
    private readonly (string Text, byte[] Utf8)[] _tags =
    [
        .. tags.Select(tag => '#' + TagGrammar.ToLower(tag)).Select(tag => (tag, Encoding.UTF8.GetBytes(tag))),
    ];

    /// <summary>Whether they are all there.</summary>
    /// <param name="description">UTF-8.</param>
    public bool Matches(ReadOnlySpan<byte> description)
    {
        if (_tags.Length == 0)
        {
            return true;
        }

        if (!description.Contains((byte)'#'))
        {
            return false;
        }

        // Outside ASCII, lower case and what may stand in a tag are the grammar's to say.
        return Ascii.IsValid(description) ? HasAllAscii(description) : HasAll(Encoding.UTF8.GetString(description));
    }

    private bool HasAllAscii(ReadOnlySpan<byte> description)
    {
        foreach (var (_, tag) in _tags)
        {
            if (!HasAscii(description, tag))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasAscii(ReadOnlySpan<byte> description, ReadOnlySpan<byte> tag)
    {
        for (var hash = 0; (hash = description.IndexOf((byte)'#')) >= 0; )
        {
            description = description[hash..];
            if (
                description.Length >= tag.Length
                && Ascii.EqualsIgnoreCase(description[..tag.Length], tag)
                && (description.Length == tag.Length || !TagGrammar.IsTagCharacter((char)description[tag.Length]))
            )
            {
                return true;
            }

            description = description[1..];
        }

        return false;
    }

    private bool HasAll(string description)
    {
        var lower = TagGrammar.ToLower(description);
        return Array.TrueForAll(_tags, tag => Has(lower, tag.Text));
    }

    private static bool Has(string description, string tag)
    {
        for (var at = 0; (at = description.IndexOf(tag, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + tag.Length;
            if (end == description.Length || !TagGrammar.IsTagCharacter(description[end]))
            {
                return true;
            }
        }

        return false;
    }
}
