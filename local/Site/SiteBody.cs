namespace TimeTagger.Local.Site;

/// <summary>The bytes that go out for a file, with the encoding they are in (null for none) and their entity tag.</summary>
internal sealed record SiteBody(ReadOnlyMemory<byte> Bytes, string? Encoding, string EntityTag);
