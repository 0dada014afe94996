using Microsoft.Data.Sqlite;
using SQLitePCL;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>What SQLite's errors mean to the port.</summary>
internal static class SqliteErrors
{
    /// <summary>
    /// The port's exception for what may pass or is the machine's fault; anything else is a mistake of ours and
    /// stays as it is.
    /// </summary>
    public static Exception Translate(SqliteException error)
    {
        var reason = (error.SqliteErrorCode & 0xFF) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
                "another process holds its lock for too long",
            raw.SQLITE_FULL => "the disk is full",
            raw.SQLITE_READONLY or raw.SQLITE_PERM => "the file or its folder may not be written",
            raw.SQLITE_CANTOPEN => "the file cannot be opened",
            raw.SQLITE_IOERR => "the disk reported an error",
            raw.SQLITE_NOMEM => "memory ran out",
            raw.SQLITE_INTERRUPT => "the call was interrupted",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the file is damaged",
            _ => null,
        };
        return reason is null
            ? error
            : new StorageUnavailableException($"The database did not answer: {reason} ({error.Message})", error);
    }
}
