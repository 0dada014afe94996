using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Embedded;

/// <summary>Everything the product keeps, in one SQLite file: the store of one machine.</summary>
/// <remarks>
/// A write has happened when its task completes: it survives the end of the process and of the machine. Several
/// processes can have the same file open. The file must lie on a local disk.
/// </remarks>
public sealed class EmbeddedStorage : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(8);

    private readonly DatabaseFile _file;
    private readonly Readers _readers;
    private readonly Writer _writer;

    private EmbeddedStorage(DatabaseFile file, TimeProvider clock)
    {
        _file = file;
        _readers = new Readers(file);
        _writer = new Writer(file);
        Account = new StorageAccount(
            new EmbeddedTable("journal", _readers, _writer, clock),
            new EmbeddedTable("system", _readers, _writer, clock),
            new EmbeddedBlobs("commits", _readers, _writer, clock),
            new EmbeddedBlobs("snapshots", _readers, _writer, clock),
            new EmbeddedQueue("maintenance", _readers, _writer, clock),
            new EmbeddedQueue("webhooks", _readers, _writer, clock)
        ).WithLimits();
    }

    /// <summary>The store, held to the limits of the port. It ends with this object.</summary>
    public StorageAccount Account { get; }

    /// <summary>Opens the file, making it (readable by its owner only) and its folder when there is none.</summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="clock">The storage's own clock.</param>
    /// <exception cref="InvalidDataException">The file is not one of ours, or a newer release has written it; the
    /// message is a sentence for the person who starts the program.</exception>
    /// <exception cref="StorageUnavailableException">The file cannot be opened: access, disk, another process.</exception>
    public static EmbeddedStorage Open(string path, TimeProvider clock) => Open(path, clock, DefaultPatience);

    /// <summary>Opens a file that is there, for a tool, also beside a running server. By itself this changes nothing.</summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="clock">The storage's own clock.</param>
    /// <exception cref="InvalidDataException">The file is not there, not one of ours, or of another release; the
    /// message is a sentence for the person who starts the program.</exception>
    /// <exception cref="StorageUnavailableException">The file cannot be opened: access, disk, another process.</exception>
    public static EmbeddedStorage OpenExisting(string path, TimeProvider clock)
    {
        var file = new DatabaseFile(path, DefaultPatience);
        file.Recognise();
        return new EmbeddedStorage(file, clock);
    }

    /// <summary>Opens the file with a given <paramref name="patience"/> for locks that another process holds.</summary>
    internal static EmbeddedStorage Open(string path, TimeProvider clock, TimeSpan patience)
    {
        var file = new DatabaseFile(path, patience);
        file.Prepare();
        return new EmbeddedStorage(file, clock);
    }

    /// <summary>
    /// Empties the write-ahead log into the file: what has been deleted lingers in it otherwise, until later changes
    /// overwrite it or the last process closes the file.
    /// </summary>
    /// <returns>False when others used the log all the time.</returns>
    /// <exception cref="StorageUnavailableException">The file cannot be opened: access, disk, another process.</exception>
    public bool TryEmptyLog() => _file.TryEmptyLog();

    /// <summary>Writes all that is kept at one moment into an empty file, also beside a running server.</summary>
    /// <exception cref="InvalidDataException">What was written is damaged.</exception>
    /// <exception cref="StorageUnavailableException">A file cannot be opened or written: access, disk, another process.</exception>
    public void BackUpTo(string path) => _file.BackUpTo(path);

    /// <summary>Completes the writes that wait, then closes the file.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }
}
