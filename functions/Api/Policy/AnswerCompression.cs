using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Compresses JSON for whoever accepts it, as it is written, at the level where it costs less time than it saves. Nothing
/// that holds a secret of ours is long enough to be compressed, so the length of an answer tells nobody about one.
/// </summary>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    // Below it, what is saved is less than a packet.
    private const int WorthwhileBytes = 1024;

    /// <summary>Registers it, for the framework's middleware.</summary>
    internal static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [MediaTypeNames.Application.Json];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Compresses what comes after it in the pipeline.</summary>
    internal static void Use(IApplicationBuilder app)
    {
        // The framework says it only to those who accept some encoding.
        app.UseVary(
            HeaderNames.AcceptEncoding,
            response =>
                response.ContentType == MediaTypeNames.Application.Json
                || response.StatusCode == StatusCodes.Status304NotModified
        );
        app.UseResponseCompression();
    }

    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Response.ContentLength is null or >= WorthwhileBytes && base.ShouldCompressResponse(context);
    }

    /// <inheritdoc/>
    public override ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var chosen = base.GetCompressionProvider(context);

        // The framework takes * for any, also for one that is refused by name.
        return chosen is null || IsRefused(context.Request, chosen.EncodingName) ? null : chosen;
    }

    private static bool IsRefused(HttpRequest request, string encoding) =>
        request
            .GetTypedHeaders()
            .AcceptEncoding.Any(accepted =>
                accepted.Quality == 0 && accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)
            );
}
