using Microsoft.Net.Http.Headers;

namespace TimeTagger.Api.Policy;

/// <summary>Reads bodies, whole and within their limit.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes of any body: 10 MiB, as clients of this API know it.</summary>
    internal const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>
    /// The most bytes that the server takes off the wire. Above <see cref="MaxBytes"/> they are thrown away: ending the
    /// connection while a client still sends would lose the answer that tells it why.
    /// </summary>
    internal const long MaxDrainedBytes = 10 * MaxBytes;

    /// <summary>The body's bytes.</summary>
    /// <exception cref="ApiErrorException">It is encoded, or larger than <paramref name="limit"/> bytes.</exception>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long limit = MaxBytes)
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

        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > limit)
            {
                throw new ApiErrorException(ApiError.TooLarge(limit));
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}

/// <summary>Ends a request with a refusal, from below an endpoint.</summary>
internal sealed class ApiErrorException(ApiError error) : Exception(error.Text)
{
    internal ApiError Error { get; } = error;
}
