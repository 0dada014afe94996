using System.Text;
using TimeTagger.Domain.Tags;

namespace TimeTagger.Domain.Records;

/// <summary>
/// Whether a description holds all of some tags, by the grammar by which clients read them: a hash in an address is none. What
/// precedes a hash does not matter otherwise; what follows the tag must end it.
/// However many tags there are, a description is gone through once.
/// </summary>
public sealed class TagFilter
{
    // A tag and its hash are two characters at least, of 255.
    private const int MostInOneDescription = 127;
    private const int ShortText = 512;

    private readonly Dictionary<string, int> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    // With characters that no tag has: looked for as they are.
    private readonly string[] _others;

    /// <summary>All of these.</summary>
    /// <param name="tags">The tags without their hash.</param>
    public TagFilter(IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags.Select(TagGrammar.ToLower))
        {
            if (tag.Length > 0 && tag.All(TagGrammar.IsTagCharacter))
            {
                _tags.TryAdd(tag, _tags.Count);
            }
            else
            {
                others.Add('#' + tag);
            }
        }

        _lookup = _tags.GetAlternateLookup<ReadOnlySpan<char>>();
        _others = [.. others];
    }

    /// <summary>Whether they are all there.</summary>
    /// <param name="description">UTF-8.</param>
    public bool Matches(ReadOnlySpan<byte> description)
    {
        if (_tags.Count == 0 && _others.Length == 0)
        {
            return true;
        }

        if (!description.Contains((byte)'#') || _tags.Count > MostInOneDescription)
        {
            return false;
        }

        // What is an address, and how far it goes, is the grammar's to say.
        if (_tags.Count > 0 && description.IndexOf("://"u8) >= 0)
        {
            var text = Encoding.UTF8.GetString(description);
            return _tags.Keys.All(
                    TagGrammar.Tags(text).Select(tag => tag[1..]).ToHashSet(StringComparer.Ordinal).Contains
                ) && Array.TrueForAll(_others, other => Has(TagGrammar.ToLower(text), other));
        }

        // Outside ASCII, lower case is the grammar's to say.
        Span<char> lower = stackalloc char[ShortText];
        return description.Length <= ShortText && Ascii.IsValid(description)
            ? HasAll(lower[..ToLower(description, lower)])
            : HasAll(TagGrammar.ToLower(Encoding.UTF8.GetString(description)));
    }

    private static int ToLower(ReadOnlySpan<byte> ascii, Span<char> lower)
    {
        Ascii.ToLower(ascii, lower, out var length);
        return length;
    }

    private bool HasAll(ReadOnlySpan<char> description)
    {
        if (!HasTags(description))
        {
            return false;
        }

        foreach (var other in _others)
        {
            if (!Has(description, other))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasTags(ReadOnlySpan<char> description)
    {
        var (missing, seen) = (_tags.Count, UInt128.Zero);
        while (missing > 0 && description.IndexOf('#') is >= 0 and var hash)
        {
            description = description[(hash + 1)..];
            var length = LengthOfTag(description);
            if (_lookup.TryGetValue(description[..length], out var tag) && (seen & (UInt128.One << tag)) == 0)
            {
                seen |= UInt128.One << tag;
                missing--;
            }

            description = description[length..];
        }

        return missing == 0;
    }

    private static int LengthOfTag(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && TagGrammar.IsTagCharacter(text[length]))
        {
            length++;
        }

        return length;
    }

    private static bool Has(ReadOnlySpan<char> description, string tag)
    {
        while (description.IndexOf(tag) is >= 0 and var at)
        {
            var rest = description[(at + tag.Length)..];
            if (rest.IsEmpty || !TagGrammar.IsTagCharacter(rest[0]))
            {
                return true;
            }

            description = description[(at + 1)..];
        }

        return false;
    }
}
