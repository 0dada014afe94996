using System.Text.Json;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Domain.Writing;

/// <summary>
/// Reads what a client sends as an item. Types are strict JSON types: integers (a float is truncated, since a
/// known client sends <c>mt</c> as one), strings without lone surrogates. The texts of refusals that known
/// clients show are kept word for word (docs/api, 5.4 to 5.10, 6.6 and 6.7).
/// </summary>
public static class SubmissionReader
{
    /// <summary>The most code points of a key or a description.</summary>
    public const int MaxText = 255;

    /// <summary>The most characters of a setting's value, written as JSON in ASCII with blanks after <c>, :</c>.</summary>
    public const int MaxValue = 8191;

    private const string NoKey = "Got item that is not a dict with str 'key' field.";
    private const string TextTooLong = "String values must be less than 256 chars.";
    private const string ValueTooLong = "Values must be less than 256 chars when jsonized.";
    private const string BrokenText = "Text must be valid Unicode: it holds half of a surrogate pair.";

    /// <summary>Reads one element of the list.</summary>
    public static Submission Read(ItemKind kind, JsonElement element)
    {
        string? key = null;
        try
        {
            if (element.ValueKind != JsonValueKind.Object || Text(element, "key") is not { } named)
            {
                return Submission.Refused(null, NoKey);
            }

            key = named;
            return kind == ItemKind.Record ? ReadRecord(key, element) : ReadSetting(key, element);
        }
        catch (InvalidOperationException)
        {
            // How System.Text.Json says that a string cannot be decoded. A key that cannot be named is none.
            key ??= KeyBesideBrokenNames(element);
            return key is null ? Submission.Refused(null, NoKey) : Submission.Refused(key, BrokenText);
        }
    }

    // A field whose name cannot be decoded hides those before it from a look-up by name.
    private static string? KeyBesideBrokenNames(JsonElement element)
    {
        string? key = null;
        foreach (var field in element.EnumerateObject())
        {
            try
            {
                key =
                    field.NameEquals("key") && field.Value.ValueKind == JsonValueKind.String
                        ? field.Value.GetString()
                        : key;
            }
            catch (InvalidOperationException)
            {
                // The name is broken, or the key is.
            }
        }

        return key;
    }

    private static Submission ReadRecord(string key, JsonElement element)
    {
        long mt = 0;
        long t1 = 0;
        long t2 = 0;
        var error =
            Missing(element, "records", "mt", "t1", "t2")
            ?? TooLong(key)
            ?? ReadInteger(element, "mt", ref mt)
            ?? ReadInteger(element, "t1", ref t1)
            ?? ReadInteger(element, "t2", ref t2);
        if (error is not null)
        {
            return Submission.Refused(key, error);
        }

        string? description = null;
        if (element.TryGetProperty("ds", out var ds))
        {
            if (ds.ValueKind != JsonValueKind.String)
            {
                return Submission.Refused(key, $"The field 'ds' must be a string, not {Name(ds.ValueKind)}.");
            }

            description = ds.GetString()!;
            if (TooLong(description) is { } tooLong)
            {
                return Submission.Refused(key, tooLong);
            }
        }

        return Submission.Of(new Record(key, mt, t1, t2, description));
    }

    private static Submission ReadSetting(string key, JsonElement element)
    {
        long mt = 0;
        var error = Missing(element, "settings", "mt", "value") ?? TooLong(key) ?? ReadInteger(element, "mt", ref mt);
        if (error is not null)
        {
            return Submission.Refused(key, error);
        }

        var value = element.GetProperty("value");
        return JsonText.LengthInAscii(value, MaxValue) > MaxValue
            ? Submission.Refused(key, ValueTooLong)
            : Submission.Of(new Setting(key, mt, JsonText.Compact(value)));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? Missing(JsonElement element, string items, params ReadOnlySpan<string> required)
    {
        List<string>? missing = null;
        foreach (var name in required)
        {
            if (!element.TryGetProperty(name, out _))
            {
                (missing ??= []).Add($"'{name}'");
            }
        }

        return missing is null
            ? null
            : $"A {items} is missing required fields: frozenset({{{string.Join(", ", missing)}}})";
    }

    private static string? TooLong(string text) => CodePoints(text) > MaxText ? TextTooLong : null;

    private static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    private static string? ReadInteger(JsonElement element, string name, ref long number)
    {
        var value = element.GetProperty(name);
        if (value.ValueKind != JsonValueKind.Number)
        {
            return $"The field '{name}' must be a whole number of seconds, not {Name(value.ValueKind)}.";
        }

        if (value.TryGetInt64(out number))
        {
            return null;
        }

        // 2^63 is a double; whatever truncates to less than it fits.
        if (value.TryGetDouble(out var real) && Math.Abs(real) < 9223372036854775808.0)
        {
            number = (long)real;
            return null;
        }

        return $"The field '{name}' must be a whole number of seconds that fits in 64 bits.";
    }

    private static string Name(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            JsonValueKind.String => "a string",
            _ => "a number",
        };
}
