using System.Text.Json;
using TimeTagger.Api.Policy;
using TimeTagger.Domain;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Api.Items;

/// <summary>Items as the API shows them: fields in the order that clients know, <c>st</c> last.</summary>
internal static class ItemJson
{
    internal static ValueTask WriteItemsAsync(this AnswerBody body, string name, IReadOnlyList<StoredItem> items) =>
        body.WriteListAsync(name, items, WriteItem);

    internal static ValueTask WriteTextsAsync(this AnswerBody body, string name, IReadOnlyList<string> texts) =>
        body.WriteListAsync(name, texts, static (writer, text) => writer.WriteStringValue(text));

    private static void WriteItem(Utf8JsonWriter writer, StoredItem stored)
    {
        writer.WriteStartObject();
        writer.WriteString("key", stored.Item.Key);
        writer.WriteNumber("mt", stored.Item.Mt);
        switch (stored.Item)
        {
            case Record record:
                writer.WriteNumber("t1", record.T1);
                writer.WriteNumber("t2", record.T2);
                if (record.Ds is { } description)
                {
                    writer.WriteString("ds", description);
                }

                break;
            case Setting setting:
                writer.WritePropertyName("value");
                writer.WriteRawValue(setting.Value, skipInputValidation: true);
                break;
            default:
                throw new InvalidOperationException($"No form for {stored.Item.GetType().Name}.");
        }

        writer.WriteNumber("st", stored.St.ToDecimal());
        writer.WriteEndObject();
    }
}
