using System.Text.Json;
using TimeTagger.Api.Policy;
using TimeTagger.Domain;
using TimeTagger.Domain.Columns;

namespace TimeTagger.Api.Items;

/// <summary>
/// Items as the API shows them: fields in the order that clients know, <c>st</c> last. Written from the bytes of the
/// view, without an object or a string in between.
/// </summary>
internal static class ItemJson
{
    private static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText Mt = JsonEncodedText.Encode("mt");
    private static readonly JsonEncodedText T1 = JsonEncodedText.Encode("t1");
    private static readonly JsonEncodedText T2 = JsonEncodedText.Encode("t2");
    private static readonly JsonEncodedText Ds = JsonEncodedText.Encode("ds");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText St = JsonEncodedText.Encode("st");

    internal static ValueTask WriteRecordsAsync(this AnswerBody body, ItemSelection records) =>
        body.WriteListAsync("records", records.Count, (json, i) => WriteRecord(json, records[i]));

    internal static ValueTask WriteSettingsAsync(this AnswerBody body, ItemSelection settings) =>
        body.WriteListAsync("settings", settings.Count, (json, i) => WriteSetting(json, settings[i]));

    internal static ValueTask WriteTextsAsync(this AnswerBody body, string name, IReadOnlyList<string> texts) =>
        body.WriteListAsync(name, texts.Count, (json, i) => json.WriteStringValue(texts[i]));

    /// <summary>Writes an instant with its four decimals, always with a decimal point: clients expect a float.</summary>
    internal static void WriteInstant(this Utf8JsonWriter json, JsonEncodedText name, ServerTime instant)
    {
        Span<byte> text = stackalloc byte[ServerTime.MaxTextLength];
        json.WritePropertyName(name);
        json.WriteRawValue(text[..instant.Format(text)], skipInputValidation: true);
    }

    private static void WriteRecord(Utf8JsonWriter json, ItemRow record)
    {
        json.WriteStartObject();
        json.WriteString(Key, record.Key);
        json.WriteNumber(Mt, record.Mt);
        json.WriteNumber(T1, record.T1);
        json.WriteNumber(T2, record.T2);
        if (record.HasText)
        {
            json.WriteString(Ds, record.Text);
        }

        json.WriteInstant(St, record.St);
        json.WriteEndObject();
    }

    private static void WriteSetting(Utf8JsonWriter json, ItemRow setting)
    {
        json.WriteStartObject();
        json.WriteString(Key, setting.Key);
        json.WriteNumber(Mt, setting.Mt);
        json.WritePropertyName(Value);
        json.WriteRawValue(setting.Text, skipInputValidation: true);
        json.WriteInstant(St, setting.St);
        json.WriteEndObject();
    }
}
