using Azure.Data.Tables;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Azure;

/// <summary>Rows as the package's entities, which hold the keys, the timestamp and the tag among their properties.</summary>
internal static class TableEntities
{
    private const string Tag = "odata.etag";

    /// <summary>The entity to send for a row.</summary>
    public static TableEntity Of(Row row)
    {
        var entity = new TableEntity(row.Partition, row.Key);
        foreach (var (name, value) in row.Properties)
        {
            entity.Add(name, value);
        }

        return entity;
    }

    /// <summary>The row that an entity tells of.</summary>
    /// <exception cref="InvalidDataException">It has no keys: it is none of the service's.</exception>
    public static Row ToRow(TableEntity entity)
    {
        if (entity is not { PartitionKey: { } partition, RowKey: { } key })
        {
            throw new InvalidDataException("An entity without keys.");
        }

        var properties = new Dictionary<string, object>(entity.Count, StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (name is not (nameof(entity.PartitionKey) or nameof(entity.RowKey) or nameof(entity.Timestamp) or Tag))
            {
                properties.Add(name, value is int number ? (long)number : value);
            }
        }

        return new Row(partition, key, properties, entity.ETag.ToString());
    }
}
