using System.Text.Encodings.Web;
using System.Text.Json;
using Azure;

namespace TimeTagger.Storage.Azure.Tables;

/// <summary>
/// Entities as the service writes and reads them: JSON with minimal metadata, where <c>name@odata.type</c> says what
/// JSON itself cannot.
/// </summary>
internal static class TableJson
{
    private const string TypeSuffix = "@odata.type";
    private const string Annotation = "odata.";
    private const string Int32 = "Edm.Int32";
    private const string Int64 = "Edm.Int64";
    private const string Double = "Edm.Double";
    private const string Binary = "Edm.Binary";

    // ASCII on the wire: the emulator damages a longer character that lies across two packets.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>An entity as the body of a request.</summary>
    public static byte[] Write(TableEntity entity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString(nameof(TableEntity.PartitionKey), entity.PartitionKey);
            writer.WriteString(nameof(TableEntity.RowKey), entity.RowKey);
            foreach (var (name, value) in entity.Properties)
            {
                WriteProperty(writer, name, value);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The entity in the answer to a read.</summary>
    /// <exception cref="InvalidDataException">The answer is not one.</exception>
    public static TableEntity Read(Response response) => Parse(response, ReadEntity);

    /// <summary>The entities in the answer to a query.</summary>
    /// <exception cref="InvalidDataException">The answer is not one.</exception>
    public static IReadOnlyList<TableEntity> ReadList(Response response) =>
        Parse(
            response,
            root =>
            {
                var list = root.GetProperty("value");
                var entities = new List<TableEntity>(list.GetArrayLength());
                foreach (var entity in list.EnumerateArray())
                {
                    entities.Add(ReadEntity(entity));
                }

                return entities;
            }
        );

    private static T Parse<T>(Response response, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            return read(document.RootElement);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException("The answer of the table service is not what was asked for.", e);
        }
    }

    private static void WriteProperty(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(name, text);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case long integer:
                writer.WriteString(name + TypeSuffix, Int64);
                writer.WriteString(name, integer.ToString());
                break;
            case double number:
                writer.WriteString(name + TypeSuffix, Double);
                writer.WriteNumber(name, number);
                break;
            case byte[] bytes:
                writer.WriteString(name + TypeSuffix, Binary);
                writer.WriteBase64String(name, bytes);
                break;
            default:
                throw new ArgumentException($"Property '{name}' is {value.GetType().Name}.", nameof(value));
        }
    }

    private static TableEntity ReadEntity(JsonElement element)
    {
        string? partition = null;
        string? key = null;
        ETag tag = default;
        var types = TypesIn(element);
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case nameof(TableEntity.PartitionKey):
                    partition = property.Value.GetString();
                    break;
                case nameof(TableEntity.RowKey):
                    key = property.Value.GetString();
                    break;
                case "odata.etag":
                    tag = new ETag(property.Value.GetString()!);
                    break;
                case "Timestamp":
                    break;
                case var name when !name.StartsWith(Annotation, StringComparison.Ordinal) && !name.Contains('@'):
                    properties.Add(name, ReadValue(property.Value, types.GetValueOrDefault(name)));
                    break;
            }
        }

        return partition is null || key is null
            ? throw new FormatException("An entity without keys.")
            : new TableEntity(partition, key, properties, tag);
    }

    private static Dictionary<string, string?> TypesIn(JsonElement element)
    {
        var types = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                types[property.Name[..^TypeSuffix.Length]] = property.Value.GetString();
            }
        }

        return types;
    }

    private static object ReadValue(JsonElement value, string? type) =>
        (type, value.ValueKind) switch
        {
            (Binary, JsonValueKind.String) => value.GetBytesFromBase64(),
            (Int64, JsonValueKind.String) => long.Parse(value.GetString()!),
            (Int64 or Int32, JsonValueKind.Number) => value.GetInt64(),
            (Double, JsonValueKind.Number) => value.GetDouble(),
            (Double, JsonValueKind.String) => double.Parse(value.GetString()!),
            (null, JsonValueKind.Number) => value.TryGetInt64(out var integer) ? (object)integer : value.GetDouble(),
            (_, JsonValueKind.String) => value.GetString()!,
            (_, JsonValueKind.True) => true,
            (_, JsonValueKind.False) => false,
            _ => throw new FormatException($"A property of type {type} as JSON {value.ValueKind}."),
        };
}
