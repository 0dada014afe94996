using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>What everything stored has to be: what a sound request could have stored, and nothing else.</summary>
internal static partial class StoredRules
{
    private const int MostCodePoints = 255;
    private const int MostValue = 8191;

    /// <summary>Asserts the rules of an item, field by field, in their order.</summary>
    internal static void AssertRecord(JsonElement record)
    {
        var names = record.EnumerateObject().Select(field => field.Name).ToList();
        Assert.Equal(
            names.Contains("ds") ? ["key", "mt", "t1", "t2", "ds", "st"] : ["key", "mt", "t1", "t2", "st"],
            names
        );
        AssertText(record.GetProperty("key"));
        AssertWhole(record.GetProperty("mt"));
        AssertWhole(record.GetProperty("t1"));
        AssertWhole(record.GetProperty("t2"));
        AssertInstant(record.GetProperty("st"));
        if (record.TryGetProperty("ds", out var ds))
        {
            AssertText(ds);
        }
    }

    /// <inheritdoc cref="AssertRecord"/>
    internal static void AssertSetting(JsonElement setting)
    {
        Assert.Equal(["key", "mt", "value", "st"], setting.EnumerateObject().Select(field => field.Name));
        AssertText(setting.GetProperty("key"));
        AssertWhole(setting.GetProperty("mt"));
        AssertInstant(setting.GetProperty("st"));
        var ascii = new StringBuilder();
        WriteAscii(setting.GetProperty("value"), ascii);
        Assert.InRange(ascii.Length, 1, MostValue);
    }

    /// <summary>Asserts that every key is there once, and returns what matters of an account: all but <c>st</c>.</summary>
    internal static List<string> Contents(Poll poll)
    {
        Assert.Equal(poll.Records.Count, poll.RecordKeys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(poll.Settings.Count, poll.SettingKeys.Distinct(StringComparer.Ordinal).Count());
        return [.. poll.Records.Concat(poll.Settings).Select(item => LastField().Replace(item.GetRawText(), "}"))];
    }

    private static void AssertText(JsonElement text)
    {
        Assert.Equal(JsonValueKind.String, text.ValueKind);
        Assert.InRange(text.GetString()!.EnumerateRunes().Count(), 0, MostCodePoints);
        AssertSound(text.GetString()!);
    }

    // Runes come as U+FFFD from half a surrogate pair, so the way back tells.
    private static void AssertSound(string text) =>
        Assert.Equal(text, string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())));

    private static void AssertWhole(JsonElement number) =>
        Assert.True(
            long.TryParse(number.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                && number.GetRawText() != "-0",
            number.GetRawText()
        );

    private static void AssertInstant(JsonElement instant) => Assert.Matches(Instant(), instant.GetRawText());

    // As Python's json.dumps writes it, whose length the limit counts.
    private static void WriteAscii(JsonElement value, StringBuilder ascii)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                ascii.Append('{');
                foreach (var (field, i) in value.EnumerateObject().Select((field, i) => (field, i)))
                {
                    ascii.Append(i == 0 ? "" : ", ");
                    WriteAscii(field.Name, ascii);
                    ascii.Append(": ");
                    WriteAscii(field.Value, ascii);
                }

                ascii.Append('}');
                break;
            case JsonValueKind.Array:
                ascii.Append('[');
                foreach (var (element, i) in value.EnumerateArray().Select((element, i) => (element, i)))
                {
                    ascii.Append(i == 0 ? "" : ", ");
                    WriteAscii(element, ascii);
                }

                ascii.Append(']');
                break;
            case JsonValueKind.String:
                WriteAscii(value.GetString()!, ascii);
                break;
            default:
                ascii.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteAscii(string text, StringBuilder ascii)
    {
        AssertSound(text);
        ascii.Append('"');
        foreach (var c in text)
        {
            ascii.Append(
                c switch
                {
                    '"' or '\\' => $"\\{c}",
                    '\b' => "\\b",
                    '\f' => "\\f",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    >= ' ' and <= '~' => c.ToString(),
                    _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                }
            );
        }

        ascii.Append('"');
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]{4}$", RegexOptions.None, 1000)]
    private static partial Regex Instant();

    [GeneratedRegex(@",""st"":[0-9.]+\}$", RegexOptions.None, 1000)]
    private static partial Regex LastField();
}
