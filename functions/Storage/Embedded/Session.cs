using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TimeTagger.Storage.Embedded;

/// <summary>A connection and the statements prepared on it. Used by one thread at a time.</summary>
internal sealed class Session(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _statements = [];

    private SqliteConnection Connection => connection;

    /// <summary>Gives the file a write-ahead log if it has none. False when its disk cannot have one.</summary>
    public bool UseWriteAheadLog()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        // Processes that make the file at once meet here, and SQLite does not wait by itself.
        command.CommandTimeout = 10;
        return command.ExecuteScalar() is "wal";
    }

    /// <summary>Begins a transaction that writes; false when another process has the lock.</summary>
    public bool TryBeginImmediate()
    {
        // Past the client, which would wait and try again by itself.
        var result = raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
        if ((result & 0xFF) == raw.SQLITE_BUSY)
            return false;
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return true;
    }

    /// <summary>Replaces what the other database holds by all that this one holds at one moment, whoever writes meanwhile.</summary>
    public void CopyTo(Session other) => connection.BackupDatabase(other.Connection);

    /// <summary>Runs statements that are not worth preparing, or one with values for <c>?1</c>, <c>?2</c>, …</summary>
    /// <returns>How many rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        if (!values.IsEmpty)
            return Statement(sql, values).ExecuteNonQuery();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a prepared query with values for <c>?1</c>, <c>?2</c>, … The caller disposes the reader.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) =>
        Statement(sql, values).ExecuteReader();

    /// <summary>The first value of a query's first row, which must be there.</summary>
    public T Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        using var reader = Query(sql, values);
        return reader.Read() ? reader.GetFieldValue<T>(0) : throw new InvalidOperationException($"No row: {sql}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Statement(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 0; index < values.Length; index++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{index + 1}" });
            _statements.Add(sql, command);
        }

        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command;
    }
}
