namespace TimeTagger.Storage.Port;

/// <summary>Holds any container to <see cref="BlobLimits"/>.</summary>
internal sealed class LimitedBlobs(IBlobs inner) : IBlobs
{
    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        BlobLimits.CheckName(name);
        BlobLimits.CheckContent(content);
        return inner.PutAsync(name, content, cancellation);
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellation)
    {
        BlobLimits.CheckName(name);
        return inner.GetAsync(name, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation)
    {
        BlobLimits.CheckName(name);
        return inner.DeleteAsync(name, cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellation)
    {
        BlobLimits.CheckPrefix(prefix);
        return inner.ListAsync(prefix, cancellation);
    }
}
