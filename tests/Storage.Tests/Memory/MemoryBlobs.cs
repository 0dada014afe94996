using System.Runtime.CompilerServices;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>Blobs in memory.</summary>
internal sealed class MemoryBlobs(TimeProvider clock) : IBlobs
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Content, DateTimeOffset Stored)> _blobs = new(
        StringComparer.Ordinal
    );

    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            _blobs[name] = (content.ToArray(), clock.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_blobs.TryGetValue(name, out var blob) ? blob.Content.ToArray() : null);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_blobs.Remove(name));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        List<BlobEntry> entries;
        lock (_lock)
        {
            entries =
            [
                .. _blobs
                    .Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(blob => new BlobEntry(blob.Key, blob.Value.Stored)),
            ];
        }

        foreach (var entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask;
    }
}
