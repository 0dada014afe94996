using System.Diagnostics;
using Microsoft.Data.Sqlite;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>The SQLite file: how it is made, recognised and opened.</summary>
internal sealed class DatabaseFile(string path, TimeSpan patience)
{
    // In the file's header: "TTag", so that another program's database is never taken for ours.
    private const int ApplicationId = 0x54546167;

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Makes the file when there is none, checks that it is ours and brings its schema up to date.</summary>
    public void Prepare() =>
        Look(() =>
        {
            CreateEmptyFile();
            using var session = Open(patience, "");
            // One look at all of it: another process may be making the file at this moment.
            session.Execute("BEGIN");
            var isUpToDate = IsUpToDate(session);
            session.Execute("COMMIT");
            if (!session.UseWriteAheadLog())
                throw new InvalidDataException($"'{_path}' must lie on a local disk, for its write-ahead log.");
            if (isUpToDate)
                return;
            session.Execute("BEGIN IMMEDIATE");
            if (!IsUpToDate(session)) // Another process may have been first.
                Schema.Upgrade(session, ApplicationId);
            session.Execute("COMMIT");
        });

    /// <summary>Checks that the file is there, is ours and has today's schema. Changes nothing.</summary>
    public void Recognise() =>
        Look(() =>
        {
            if (!File.Exists(_path))
                throw new InvalidDataException($"'{_path}' is not there.");
            using var session = OpenReader();
            session.Execute("BEGIN");
            if (!IsUpToDate(session))
                throw new InvalidDataException($"'{_path}' was not yet made ready by this release; start it once.");
            session.Execute("COMMIT");
        });

    /// <summary>A connection that reads.</summary>
    public Session OpenReader() => Open(patience, "PRAGMA query_only = ON");

    /// <summary>
    /// The connection that writes. What it deletes is overwritten, so that an erased account does not linger in
    /// unused pages, and a log that one large write made long is cut again.
    /// </summary>
    public Session OpenWriter() =>
        Open(
            TimeSpan.FromMilliseconds(1),
            "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864"
        );

    /// <summary>Takes the lock to write, waiting while another process has it.</summary>
    /// <remarks>
    /// SQLite's own way of waiting looks ever less often, up to ten times a second, and so may never meet the moments
    /// between the commits of a busy process. This looks every other millisecond.
    /// </remarks>
    public void BeginWrite(Session writer)
    {
        var waited = Stopwatch.StartNew();
        while (!writer.TryBeginImmediate())
        {
            if (waited.Elapsed > patience)
                throw new SqliteException("database is locked", SQLitePCL.raw.SQLITE_BUSY);
            Thread.Sleep(1);
        }
    }

    /// <summary>Copies the write-ahead log into the file and cuts it to nothing. False when others kept using it.</summary>
    public bool TryEmptyLog()
    {
        var isEmpty = false;
        Look(() =>
        {
            using var session = Open(patience, "");
            isEmpty = session.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        });
        return isEmpty;
    }

    /// <summary>Writes all that the file holds at one moment into an empty file, which is then one file by itself.</summary>
    public void BackUpTo(string path) =>
        Look(() =>
        {
            using var reader = OpenReader();
            using var copy = new DatabaseFile(path, patience).Open(patience, "");
            reader.CopyTo(copy);
            // Without a log beside it, it can be moved, and read where nothing can be written.
            copy.Execute("PRAGMA journal_mode = DELETE");
            var verdict = copy.Scalar<string>("PRAGMA quick_check(1)");
            if (verdict != "ok")
                throw new InvalidDataException($"The copy is damaged: {verdict}");
        });

    private void Look(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new InvalidDataException($"'{_path}' is not a database. Move it away or choose another file.", e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"'{_path}' cannot be opened: {e.Message}", e);
        }
    }

    private Session Open(TimeSpan busyTimeout, string pragmas)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            // SQLite itself waits for locks (busy_timeout); this is only how long its client tries once more.
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(connectionString.ToString());
        var session = new Session(connection);
        try
        {
            connection.Open();
            session.Execute($"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}; {pragmas}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void CreateEmptyFile()
    {
        if (File.Exists(_path))
            return;
        var folder = Path.GetDirectoryName(_path)!;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        options.Share = FileShare.ReadWrite;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // Whoever reads the file reads everyone's records. SQLite gives its log the same rights.
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
            options.UnixCreateMode = Owner;
        }

        new FileStream(_path, options).Dispose();
    }

    private bool IsUpToDate(Session session)
    {
        var application = session.Scalar<long>("PRAGMA application_id");
        var version = session.Scalar<long>("PRAGMA user_version");
        if (application != ApplicationId)
        {
            if (application != 0 || version != 0 || session.Scalar<long>("SELECT count(*) FROM sqlite_schema") != 0)
                throw new InvalidDataException($"'{_path}' is another program's database. Choose another file.");
            return false;
        }

        if (version > Schema.Version)
        {
            throw new InvalidDataException(
                $"'{_path}' was written by a newer release (schema {version}; this release knows {Schema.Version}). "
                    + "Start that release, or use a copy of the file from before it."
            );
        }

        return version == Schema.Version;
    }
}
