using System.IO.Compression;
using System.Security.Cryptography;

namespace TimeTagger.Local.Site;

/// <summary>One file of the site; its compressed forms are made when they are first asked for.</summary>
internal sealed class SiteFile(byte[] content, string contentType)
{
    private const int WorthCompressing = 256;
    private readonly Lazy<byte[]> _brotli = new(() =>
        Compress(content, s => new BrotliStream(s, CompressionLevel.Optimal))
    );
    private readonly Lazy<byte[]> _gzip = new(() =>
        Compress(content, s => new GZipStream(s, CompressionLevel.Optimal))
    );
    private readonly string _hash = Convert.ToHexStringLower(SHA256.HashData(content));

    public string ContentType => contentType;

    /// <summary>Whether the answer depends on what the caller accepts.</summary>
    public bool IsCompressible { get; } = content.Length >= WorthCompressing && IsText(contentType);

    /// <param name="acceptEncoding">The request's header, as it came.</param>
    public SiteBody Body(string acceptEncoding)
    {
        if (IsCompressible && Accepts(acceptEncoding, "br"))
        {
            return new SiteBody(_brotli.Value, "br", $"\"{_hash}-br\"");
        }
        if (IsCompressible && Accepts(acceptEncoding, "gzip"))
        {
            return new SiteBody(_gzip.Value, "gzip", $"\"{_hash}-gzip\"");
        }
        return new SiteBody(content, null, $"\"{_hash}\"");
    }

    private static bool Accepts(string acceptEncoding, string encoding) =>
        acceptEncoding
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split(';', StringSplitOptions.TrimEntries))
            .Any(entry =>
                entry[0].Equals(encoding, StringComparison.OrdinalIgnoreCase)
                && !entry.Skip(1).Any(p => p is "q=0" or "q=0.0" or "q=0.00" or "q=0.000")
            );

    private static bool IsText(string contentType) =>
        contentType.StartsWith("text/", StringComparison.Ordinal)
        || contentType.EndsWith("json", StringComparison.Ordinal)
        || contentType.EndsWith("xml", StringComparison.Ordinal)
        || contentType is "application/javascript" or "application/wasm";

    private static byte[] Compress(byte[] content, Func<Stream, Stream> wrap)
    {
        using var compressed = new MemoryStream();
        using (var stream = wrap(compressed))
        {
            stream.Write(content);
        }
        return compressed.ToArray();
    }
}
