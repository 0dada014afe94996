using System.Runtime.CompilerServices;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>The blobs of one container.</summary>
internal sealed class EmbeddedBlobs(string container, Readers readers, Writer writer, TimeProvider clock) : IBlobs
{
    private const int ListedAtOnce = 1000;

    private const string Put = """
        INSERT INTO blobs VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET stored = excluded.stored, content = excluded.content
        """;
    private const string Get = "SELECT content FROM blobs WHERE container = ?1 AND name = ?2";
    private const string Delete = "DELETE FROM blobs WHERE container = ?1 AND name = ?2";
    private const string List = """
        SELECT name, stored FROM blobs
        WHERE container = ?1 AND name > ?2 AND name >= ?3 AND name < ?4
        ORDER BY name
        """;

    /// <inheritdoc/>
    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var bytes = content.ToArray();
        await writer.WriteAsync(
            session => session.Execute(Put, container, name, clock.GetUtcNow().ToUnixTimeMilliseconds(), bytes),
            cancellation
        );
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellation) =>
        readers.ReadAsync(
            session =>
            {
                using var reader = session.Query(Get, container, name);
                return reader.Read() ? reader.GetFieldValue<byte[]>(0) : null;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
        writer.WriteAsync(session => session.Execute(Delete, container, name) == 1, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var last = "";
        while (true)
        {
            var entries = await readers.ReadAsync(session => ReadNames(session, prefix, last), cancellation);
            foreach (var entry in entries)
                yield return entry;
            if (entries.Count < ListedAtOnce)
                yield break;
            last = entries[^1].Name;
        }
    }

    private List<BlobEntry> ReadNames(Session session, string prefix, string last)
    {
        // Names are printable ASCII, so everything that begins with the prefix lies before the prefix and U+007F.
        using var reader = session.Query(List, container, last, prefix, prefix + '\u007F');
        var entries = new List<BlobEntry>();
        while (entries.Count < ListedAtOnce && reader.Read())
            entries.Add(
                new BlobEntry(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)))
            );
        return entries;
    }
}
