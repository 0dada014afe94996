using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TimeTagger.Domain.Writing;

/// <summary>JSON values as text: the form we keep and the length that the limit counts.</summary>
internal static class JsonText
{
    /// <summary>The deepest nesting of a request's body.</summary>
    internal const int MaxDepth = 1000;

    private static readonly JsonWriterOptions CompactForm = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    /// <summary>The value without white space around its parts; numbers keep their digits.</summary>
    /// <exception cref="InvalidOperationException">A string in it cannot be decoded.</exception>
    internal static string Compact(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, CompactForm))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>
    /// Characters of the value as JSON with everything outside ASCII escaped and <c>", "</c> and <c>": "</c> between
    /// its parts: what the limit on a setting's value has always counted. Stops counting above <paramref name="enough"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">A string in it cannot be decoded.</exception>
    internal static int LengthInAscii(JsonElement value, int enough)
    {
        var length = 0;
        Count(value, enough, ref length);
        return length;
    }

    private static void Count(JsonElement value, int enough, ref int length)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                length += 2;
                var fields = 0;
                foreach (var field in value.EnumerateObject())
                {
                    length += StringLength(field.Name) + 2 + (fields++ > 0 ? 2 : 0);
                    Count(field.Value, enough, ref length);
                    if (length > enough)
                    {
                        return;
                    }
                }

                break;
            case JsonValueKind.Array:
                length += 2;
                var elements = 0;
                foreach (var element in value.EnumerateArray())
                {
                    length += elements++ > 0 ? 2 : 0;
                    Count(element, enough, ref length);
                    if (length > enough)
                    {
                        return;
                    }
                }

                break;
            case JsonValueKind.String:
                length += StringLength(value.GetString()!);
                break;
            default:
                length += value.GetRawText().Length;
                break;
        }
    }

    private static int StringLength(string text)
    {
        var length = 2;
        foreach (var c in text)
        {
            length += c switch
            {
                '"' or '\\' or '\b' or '\f' or '\n' or '\r' or '\t' => 2,
                < ' ' or > '~' => 6,
                _ => 1,
            };
        }

        return length;
    }
}
