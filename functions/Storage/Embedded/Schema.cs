namespace TimeTagger.Storage.Embedded;

/// <summary>The tables of the file and the steps that lead from each version to the next.</summary>
internal static class Schema
{
    // Properties are JSON text, so that `sqlite3` shows what a row says. Each change of any kind takes the next
    // number of the counter as its tag, so a tag never comes back, not even after a delete and an insert.
    private const string First = """
        CREATE TABLE rows (
            table_name TEXT NOT NULL,
            partition  TEXT NOT NULL,
            key        TEXT NOT NULL,
            etag       TEXT NOT NULL,
            properties TEXT NOT NULL,
            PRIMARY KEY (table_name, partition, key)
        ) STRICT;
        CREATE TABLE blobs (
            container TEXT NOT NULL,
            name      TEXT NOT NULL,
            stored    INTEGER NOT NULL, -- UTC, milliseconds since 1970
            content   BLOB NOT NULL,
            PRIMARY KEY (container, name)
        ) STRICT;
        CREATE TABLE messages (
            id       INTEGER PRIMARY KEY AUTOINCREMENT,
            queue    TEXT NOT NULL,
            visible  INTEGER NOT NULL, -- UTC, milliseconds since 1970
            receipt  TEXT NOT NULL,
            dequeues INTEGER NOT NULL,
            body     TEXT NOT NULL
        ) STRICT;
        CREATE INDEX messages_visible ON messages (queue, visible);
        CREATE TABLE counter (value INTEGER NOT NULL) STRICT;
        INSERT INTO counter VALUES (0);
        """;

    private static readonly string[] Steps = [First];

    /// <summary>The version this release writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Takes the steps that the file still lacks, inside the caller's transaction.</summary>
    public static void Upgrade(Session session, int applicationId)
    {
        var version = (int)session.Scalar<long>("PRAGMA user_version");
        foreach (var step in Steps.AsSpan(version))
            session.Execute(step);
        session.Execute($"PRAGMA application_id = {applicationId}");
        session.Execute($"PRAGMA user_version = {Version}");
    }
}
