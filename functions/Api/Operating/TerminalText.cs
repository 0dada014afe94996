using System.Globalization;
using System.Text;

namespace TimeTagger.Api.Operating;

/// <summary>Words of other people, for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// The text with a <c>\u001B</c> for each character that a terminal would obey or that would turn the line around: a name
    /// must not be able to hide another account, or to write into the operator's clipboard.
    /// </summary>
    internal static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (IsObeyed(character))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                shown.Append(character);
            }
        }

        return shown.ToString();
    }

    private static bool IsObeyed(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
