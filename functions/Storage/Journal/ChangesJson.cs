using System.Text.Encodings.Web;
using System.Text.Json;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// The items of an entry as JSON: a list of <c>{"now": item, "was": item, "wasSt": st, "wasEntry": n, "lost": item}</c>.
/// <c>now</c> is absent where the version of the change before it stays in force; <c>was…</c> is absent for a new key; <c>was</c> alone is absent when the content stayed (only its <c>st</c> rose);
/// <c>lost</c> is what was sent and lost by <c>mt</c>. An item is a record <c>{"k","mt","t1","t2","ds"}</c> or a
/// setting <c>{"k","mt","v"}</c>.
/// </summary>
internal static class ChangesJson
{
    // A value of a setting may be nested up to 1,000 levels, and lies three levels down.
    private const int MaxDepth = 1010;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    internal static byte[] Write(IReadOnlyList<Change> changes)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartArray();
            Item? before = null;
            foreach (var change in changes)
            {
                WriteChange(writer, change, before);
                before = change.Now;
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    internal static IReadOnlyList<Change> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, ReaderOptions);
        var changes = new List<Change>(document.RootElement.GetArrayLength());
        foreach (var change in document.RootElement.EnumerateArray())
        {
            changes.Add(ReadChange(change, changes.Count == 0 ? null : changes[^1].Now));
        }

        return changes;
    }

    private static void WriteChange(Utf8JsonWriter writer, Change change, Item? before)
    {
        writer.WriteStartObject();
        if (!ReferenceEquals(change.Now, before))
        {
            WriteItem(writer, "now", change.Now);
        }

        if (change.Was is { } was)
        {
            if (!change.IsRestamp)
            {
                WriteItem(writer, "was", was.Item);
            }

            writer.WriteNumber("wasSt", was.St.Steps);
            writer.WriteNumber("wasEntry", was.Entry);
        }

        if (change.Lost is { } lost)
        {
            WriteItem(writer, "lost", lost);
        }

        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer, string name, Item item)
    {
        writer.WriteStartObject(name);
        writer.WriteString("k", item.Key);
        writer.WriteNumber("mt", item.Mt);
        switch (item)
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
                writer.WritePropertyName("v");
                writer.WriteRawValue(setting.Value, skipInputValidation: true);
                break;
            default:
                throw new ArgumentException($"No form for {item.GetType().Name}.", nameof(item));
        }

        writer.WriteEndObject();
    }

    private static Change ReadChange(JsonElement change, Item? before)
    {
        var now = change.TryGetProperty("now", out var written)
            ? ReadItem(written)
            : before ?? throw new KeyNotFoundException("The first change of an entry does not say what it stores.");
        var was = change.TryGetProperty("wasEntry", out var entry)
            ? new StoredItem(
                change.TryGetProperty("was", out var item) ? ReadItem(item) : now,
                new ServerTime(change.GetProperty("wasSt").GetInt64()),
                entry.GetInt64()
            )
            : null;
        return new Change(now, was, change.TryGetProperty("lost", out var lost) ? ReadItem(lost) : null);
    }

    private static Item ReadItem(JsonElement item)
    {
        var key = item.GetProperty("k").GetString()!;
        var mt = item.GetProperty("mt").GetInt64();
        return item.TryGetProperty("v", out var value)
            ? new Setting(key, mt, value.GetRawText())
            : new Record(
                key,
                mt,
                item.GetProperty("t1").GetInt64(),
                item.GetProperty("t2").GetInt64(),
                item.TryGetProperty("ds", out var description) ? description.GetString() : null
            );
    }
}
