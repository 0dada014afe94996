using Microsoft.Net.Http.Headers;
using TimeTagger.Storage.Memory;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Reads bodies, whole and within their limit. Large ones, with what is read out of them, are reserved in the memory
/// budget until the request ends.
/// </summary>
internal sealed class BodyReader(MemoryBudget budget)
{
    /// <summary>The most bytes of any body: 10 MiB, as clients of this API know it.</summary>
    internal const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>
    /// The most bytes that the server takes off the wire. Above <see cref="MaxBytes"/> they are thrown away: ending the
    /// connection while a client still sends would lose the answer that tells it why.
    /// </summary>
    internal const long MaxDrainedBytes = 10 * MaxBytes;

    // Every request may have this much without asking.
    private const int FreeBytes = 64 * 1024;

    // The bytes, the parsed JSON and the items read out of it: 120 bytes for what takes 27 in the list, at worst.
    private const int Expansion = 5;

    /// <summary>The body's bytes.</summary>
    /// <exception cref="ApiErrorException">It is encoded, or larger than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="MemoryFullException">This instance has no memory for it now.</exception>
    internal async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long limit = MaxBytes)
    {
        var encoding = request.Headers[HeaderNames.ContentEncoding].ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiErrorException(ApiError.UnsupportedEncoding(encoding));
        }

        if (request.ContentLength > limit)
        {
            throw new ApiErrorException(ApiError.TooLarge(limit));
        }

        var cancellation = request.HttpContext.RequestAborted;
        var memory = await ReserveAsync(request, request.ContentLength ?? 0, cancellation);
        var upload = request.HttpContext.Features.Get<UploadTime>();
        upload?.Begin();
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await ReadAsync(request, buffer, cancellation)) > 0)
        {
            if (body.Length + read > limit)
            {
                throw new ApiErrorException(ApiError.TooLarge(limit));
            }

            // Sent in chunks, so nobody knows how much is to come.
            memory ??= await ReserveAsync(request, body.Length + read > FreeBytes ? limit : 0, cancellation);
            body.Write(buffer, 0, read);
        }

        upload?.End();
        memory?.SetTo(body.Length * Expansion);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    // All at once: bodies that each held a part of what they need would wait for each other for ever.
    private async Task<MemoryReservation?> ReserveAsync(
        HttpRequest request,
        long bodyBytes,
        CancellationToken cancellation
    )
    {
        if (bodyBytes <= FreeBytes)
        {
            return null;
        }

        var memory = await budget.ReserveAsync(bodyBytes * Expansion, cancellation);
        request.HttpContext.Response.RegisterForDispose(memory);
        return memory;
    }

    private static async Task<int> ReadAsync(HttpRequest request, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, cancellation);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // The client is gone, or sent a chunk whose size is no number of ours.
            throw new ApiErrorException(ApiError.BadRequest("the body did not arrive whole"));
        }
    }
}

/// <summary>Ends a request with a refusal, from below an endpoint.</summary>
internal sealed class ApiErrorException(ApiError error) : Exception(error.Text)
{
    internal ApiError Error { get; } = error;
}
