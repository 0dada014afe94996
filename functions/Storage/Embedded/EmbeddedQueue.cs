using System.Globalization;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>The messages of one queue.</summary>
internal sealed class EmbeddedQueue(string queue, Readers readers, Writer writer, TimeProvider clock) : IQueue
{
    private const string Send = """
        INSERT INTO messages (queue, visible, receipt, dequeues, body) VALUES (?1, ?2, '', 0, ?3)
        """;
    private const string Peek = "SELECT EXISTS (SELECT 1 FROM messages WHERE queue = ?1 AND visible <= ?2)";
    private const string Receive = """
        UPDATE messages SET visible = ?3, receipt = ?4, dequeues = dequeues + 1
        WHERE id = (SELECT id FROM messages WHERE queue = ?1 AND visible <= ?2 ORDER BY visible, id LIMIT 1)
        RETURNING id, receipt, body, dequeues
        """;
    private const string Delete = "DELETE FROM messages WHERE id = ?1 AND queue = ?2 AND receipt = ?3";

    /// <inheritdoc/>
    public Task SendAsync(string body, TimeSpan delay, CancellationToken cancellation) =>
        writer.WriteAsync(session => session.Execute(Send, queue, After(delay), body), cancellation);

    /// <inheritdoc/>
    public async Task<QueueMessage?> ReceiveAsync(TimeSpan hidden, CancellationToken cancellation)
    {
        // Looking first keeps an idle pump from writing.
        var waiting = await readers.ReadAsync(
            session => session.Scalar<bool>(Peek, queue, After(TimeSpan.Zero)),
            cancellation
        );
        return waiting ? await writer.WriteAsync(session => Take(session, hidden), cancellation) : null;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellation) =>
        writer.WriteAsync(session => session.Execute(Delete, message.Id, queue, message.Receipt) == 1, cancellation);

    private QueueMessage? Take(Session session, TimeSpan hidden)
    {
        var receipt = Counter.NextText(session);
        using var reader = session.Query(Receive, queue, After(TimeSpan.Zero), After(hidden), receipt);
        if (!reader.Read())
            return null;
        var message = new QueueMessage(
            reader.GetInt64(0).ToString(CultureInfo.InvariantCulture),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetInt32(3)
        );
        while (reader.Read()) { }
        return message;
    }

    private long After(TimeSpan delay) => (clock.GetUtcNow() + delay).ToUnixTimeMilliseconds();
}
