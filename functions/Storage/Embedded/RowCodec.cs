using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TimeTagger.Storage.Embedded;

/// <summary>
/// A row's properties as JSON: text, integers and booleans as themselves, <c>{"d": 1.5}</c> for a double and
/// <c>{"b": "…"}</c> for bytes in Base64.
/// </summary>
internal static class RowCodec
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText Double = JsonEncodedText.Encode("d");
    private static readonly JsonEncodedText Binary = JsonEncodedText.Encode("b");

    /// <summary>The properties as JSON.</summary>
    public static string Encode(IReadOnlyDictionary<string, object> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The properties that a JSON says.</summary>
    public static Dictionary<string, object> Decode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var properties = new Dictionary<string, object>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            properties.Add(name, ReadValue(ref reader));
        }

        return properties;
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case double number:
                writer.WriteStartObject();
                writer.WriteNumber(Double, number);
                writer.WriteEndObject();
                break;
            case byte[] bytes:
                writer.WriteStartObject();
                writer.WriteBase64String(Binary, bytes);
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"A property cannot be {value.GetType().Name}.", nameof(value));
        }
    }

    private static object ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                return reader.GetInt64();
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            default:
                reader.Read();
                var isDouble = reader.ValueTextEquals("d"u8);
                reader.Read();
                object value = isDouble ? reader.GetDouble() : reader.GetBytesFromBase64();
                reader.Read();
                return value;
        }
    }
}
