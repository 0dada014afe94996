namespace TimeTagger.Domain.Records;

/// <summary>A stretch of tracked time.</summary>
/// <param name="Key">The record's key.</param>
/// <param name="Mt">When the client modified it: seconds since 1970.</param>
/// <param name="T1">Its start: seconds since 1970.</param>
/// <param name="T2">Its end: seconds since 1970. Equal to <paramref name="T1"/> while it is running.</param>
/// <param name="Ds">Its description with the tags in it, at most 255 code points; null when it has none.</param>
public sealed record Record(string Key, long Mt, long T1, long T2, string? Ds) : Item(Key, Mt)
{
    /// <summary>How the description of a deleted record begins; every client compares exactly.</summary>
    public const string HiddenPrefix = "HIDDEN";

    /// <summary><see cref="HiddenPrefix"/> as UTF-8.</summary>
    public static ReadOnlySpan<byte> HiddenPrefixUtf8 => "HIDDEN"u8;

    /// <summary>Whether a client has deleted it. Nothing is ever removed: deleted records are kept, and hidden.</summary>
    public bool IsHidden => Ds is not null && Ds.StartsWith(HiddenPrefix, StringComparison.Ordinal);
}
