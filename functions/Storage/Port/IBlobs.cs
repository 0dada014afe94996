namespace TimeTagger.Storage.Port;

/// <summary>A container of immutable blobs, for what is too large for a row.</summary>
/// <remarks>Any call may throw <see cref="StorageUnavailableException"/>; a write that threw may still have happened.
/// A name that no store could hold throws <see cref="ArgumentException"/> (see <see cref="BlobLimits"/>).</remarks>
public interface IBlobs
{
    /// <summary>Stores a blob under a name; the same name again replaces it.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>The blob's bytes, or null when there is none of that name.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellation);

    /// <summary>Removes a blob. False when there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>The names that begin with <paramref name="prefix"/> and when each was stored (UTC), in ordinal order.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellation);
}

/// <summary>A blob in a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stored">When it was last stored, UTC, to the second.</param>
public readonly record struct BlobEntry(string Name, DateTimeOffset Stored);
