using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Azure;

/// <summary>The blobs of one container of Azure Blob Storage.</summary>
internal sealed class AzureBlobs(BlobContainerClient container, StorageTarget target, StorageCalls calls) : IBlobs
{
    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        calls.RunAsync(
            target,
            "put",
            // Up to 256 MiB, the port's limit, the client sends a blob in one request.
            token => container.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true, token),
            cancellation
        );

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellation) =>
        calls.RunAsync<byte[]?>(
            target,
            "get",
            async token =>
            {
                try
                {
                    // Into an array of its length: the client's own way grows a buffer, which would have to be copied.
                    var blob = await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: token);
                    using var stored = blob.Value;
                    var content = new byte[stored.Details.ContentLength];
                    await stored.Content.ReadExactlyAsync(content, token);
                    return content;
                }
                catch (RequestFailedException e) when (IsGone(e))
                {
                    return null;
                }
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
        calls.RunAsync(
            target,
            "delete",
            async token =>
            {
                try
                {
                    await container.GetBlobClient(name).DeleteAsync(cancellationToken: token);
                    return true;
                }
                catch (RequestFailedException e) when (IsGone(e))
                {
                    return false;
                }
            },
            cancellation
        );

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        string? continuation = null;
        do
        {
            var page = await calls.RunAsync(
                target,
                "list",
                token => PageAsync(prefix, continuation, token),
                cancellation
            );
            if (page is null)
            {
                yield break;
            }

            foreach (var blob in page.Values)
            {
                yield return new BlobEntry(blob.Name, blob.Properties.LastModified.GetValueOrDefault());
            }

            continuation = page.ContinuationToken;
        } while (!string.IsNullOrEmpty(continuation));
    }

    private async Task<Page<BlobItem>?> PageAsync(string prefix, string? continuation, CancellationToken cancellation)
    {
        var pages = container
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation)
            .AsPages(continuation);
        try
        {
            return await pages.FirstAsync(cancellation);
        }
        catch (RequestFailedException e) when (IsGone(e))
        {
            return null;
        }
    }

    // A container that is missing and not ours to make holds nothing.
    private bool IsGone(RequestFailedException e) =>
        e.Status == 404 && (e.ErrorCode != BlobErrorCode.ContainerNotFound || target.CreateAsync is null);
}
