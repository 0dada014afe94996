using Microsoft.Data.Sqlite;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>The rows of one table.</summary>
internal sealed class EmbeddedTable(string name, Readers readers, Writer writer, TimeProvider clock) : ITable
{
    // A reader that stops is the limit: SQLite plans a statement anew at each call where LIMIT is a parameter.
    private const string SelectPage = """
        SELECT key, etag, properties FROM rows
        WHERE table_name = ?1 AND partition = ?2 AND key >= ?3 AND key <= ?4
        ORDER BY key
        """;
    private const string SelectRow = """
        SELECT key, etag, properties FROM rows WHERE table_name = ?1 AND partition = ?2 AND key = ?3
        """;
    private const string InsertRow = "INSERT INTO rows VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    private const string UpdateRow = """
        UPDATE rows SET etag = ?4, properties = ?5 WHERE table_name = ?1 AND partition = ?2 AND key = ?3
        """;
    private const string DeleteRow = """
        DELETE FROM rows
        WHERE table_name = ?1 AND partition = ?2 AND key = ?3 AND (?4 IS NULL OR etag = ?4)
        """;

    /// <inheritdoc/>
    /// <remarks>A continuation is the key of the first row that is still to come.</remarks>
    public Task<RowPage> QueryAsync(
        string partition,
        RowRange range,
        int top,
        string? continuation,
        CancellationToken cancellation
    ) =>
        readers.ReadAsync(
            session => ReadPage(session, partition, range with { From = continuation ?? range.From }, top),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
        readers.ReadAsync(session => Find(session, partition, key), cancellation);

    /// <inheritdoc/>
    public Task<bool> InsertAsync(Row row, CancellationToken cancellation)
    {
        var properties = RowCodec.Encode(row.Properties);
        return writer.WriteAsync(
            session =>
                session.Execute(InsertRow, name, row.Partition, row.Key, Counter.NextText(session), properties) == 1,
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
        writer.WriteAsync(
            session =>
            {
                if (Find(session, row.Partition, row.Key) is not { } present)
                    return false;
                if (ifMatch is not null && ifMatch != present.ETag)
                    return false;
                var merged = new Dictionary<string, object>(present.Properties);
                foreach (var (property, value) in row.Properties)
                    merged[property] = value;
                RowRules.CheckRow(present with { Properties = merged });
                var properties = RowCodec.Encode(merged);
                session.Execute(UpdateRow, name, row.Partition, row.Key, Counter.NextText(session), properties);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
        writer.WriteAsync(session => session.Execute(DeleteRow, name, partition, key, ifMatch) == 1, cancellation);

    private RowPage ReadPage(Session session, string partition, RowRange range, int top)
    {
        var rows = new List<Row>(Math.Min(top, 256));
        var bytes = 0;
        using var reader = session.Query(SelectPage, name, partition, range.From, range.To);
        while (reader.Read())
        {
            if (rows.Count == top)
                return Page(rows, reader.GetString(0));
            var row = ReadRow(reader, partition);
            bytes += RowRules.SizeOf(row);
            if (rows.Count > 0 && bytes > RowLimits.PageBytes)
                return Page(rows, row.Key);
            rows.Add(row);
        }

        return Page(rows, continuation: null);
    }

    private RowPage Page(List<Row> rows, string? continuation) => new(rows, continuation, clock.GetUtcNow());

    private Row? Find(Session session, string partition, string key)
    {
        using var reader = session.Query(SelectRow, name, partition, key);
        return reader.Read() ? ReadRow(reader, partition) : null;
    }

    private static Row ReadRow(SqliteDataReader reader, string partition) =>
        new(partition, reader.GetString(0), RowCodec.Decode(reader.GetFieldValue<byte[]>(2)), reader.GetString(1));
}
