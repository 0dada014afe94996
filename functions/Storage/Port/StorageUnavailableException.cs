namespace TimeTagger.Storage.Port;

/// <summary>
/// The storage did not do what was asked for a reason that may pass: busy, out of reach, out of time, disk full.
/// A write that ended so may have happened all the same.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    /// <inheritdoc/>
    public StorageUnavailableException(string message)
        : base(message) { }

    /// <inheritdoc/>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}
