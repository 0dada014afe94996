using System.Text;

namespace TimeTagger.Domain.Tags;

/// <summary>
/// Finds the tags in a description. A tag is <c>#</c> and one or more tag characters: ASCII letters and digits,
/// <c>- _ /</c>, and every UTF-16 unit above 127. A hash inside an address (after <c>://</c>, up to white space)
/// and a hash without tag characters are text. Decision: docs/adr/0003-tag-grammar.md; shared with the client by
/// tests/vectors/tags.json.
/// </summary>
public static class TagGrammar
{
    private const string AddressMark = "://";

    /// <summary>Whether a UTF-16 unit can stand in a tag.</summary>
    public static bool IsTagCharacter(char c) => c > 127 || char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/';

    /// <summary>Splits a description into its text and tag pieces, in order.</summary>
    /// <returns>Pieces whose texts, joined, are the description in its normal form before trimming at the start.</returns>
    public static IReadOnlyList<TagPart> Parse(string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var parts = new List<TagPart>();
        var text = new StringBuilder();
        var inAddress = false;
        for (var i = 0; i < description.Length; )
        {
            var c = description[i];
            if (c == '#' && text.Length == 0 && parts.Count > 0)
            {
                text.Append(' '); // Glued to the tag before it: set apart, so that reading the result again agrees.
            }

            if (c == '#' && !inAddress && i + 1 < description.Length && IsTagCharacter(description[i + 1]))
            {
                Flush(text, parts);
                var end = EndOfTag(description, i + 1);
                parts.Add(new TagPart(ToLower(description[i..end]), IsTag: true));
                i = end;
                continue;
            }

            inAddress = !IsWhiteSpace(c) && (inAddress || OpensAddress(description, i, text));
            text.Append(c);
            i++;
        }

        TrimEnd(text);
        Flush(text, parts);
        return parts;
    }

    /// <summary>The distinct tags of a description, each with its hash, sorted by UTF-16 unit.</summary>
    public static IReadOnlyList<string> Tags(string description) =>
        [
            .. Parse(description)
                .Where(part => part.IsTag)
                .Select(part => part.Text)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>
    /// Lower case as tags have it: code point by code point, independent of language and neighbours. A character
    /// whose lower case is not a single character stays as it is.
    /// </summary>
    public static string ToLower(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(
            text.Length,
            text,
            static (lower, source) =>
            {
                source.CopyTo(lower);
                for (var i = 0; i < lower.Length; )
                {
                    if (
                        Rune.DecodeFromUtf16(lower[i..], out var rune, out var length)
                        == System.Buffers.OperationStatus.Done
                    )
                    {
                        var small = Rune.ToLowerInvariant(rune);
                        if (small.Utf16SequenceLength == length)
                        {
                            small.EncodeToUtf16(lower[i..]);
                        }
                    }

                    i += length;
                }
            }
        );
    }

    // ASCII only: any character above 127 is a tag character, so it cannot also be a separator.
    private static bool IsWhiteSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    private static bool OpensAddress(string description, int at, StringBuilder text) =>
        text.Length > 0
        && char.IsAsciiLetterOrDigit(text[^1])
        && description.AsSpan(at).StartsWith(AddressMark, StringComparison.Ordinal);

    private static int EndOfTag(string description, int at)
    {
        while (at < description.Length && IsTagCharacter(description[at]))
        {
            at++;
        }

        return at;
    }

    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && IsWhiteSpace(text[^1]))
        {
            text.Length--;
        }
    }

    private static void Flush(StringBuilder text, List<TagPart> parts)
    {
        if (text.Length > 0)
        {
            parts.Add(new TagPart(text.ToString(), IsTag: false));
            text.Clear();
        }
    }
}

/// <summary>A piece of a description.</summary>
/// <param name="Text">Its words; a tag with its hash, in lower case.</param>
/// <param name="IsTag">Whether it is a tag.</param>
public readonly record struct TagPart(string Text, bool IsTag);
