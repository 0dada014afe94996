namespace TimeTagger.Storage.Port;

/// <summary>
/// What Azure Table Storage refuses, refused here for every store, so that nothing works on one machine that
/// would fail in the cloud.
/// </summary>
/// <remarks>
/// <para>Keys are 1 to <see cref="KeyLength"/> printable ASCII characters without <c>/ \ # ?</c>. Azure takes other
/// letters, but stores order those differently; ours never hold any, so that ordinal order means one thing.</para>
/// <para>Names are ASCII identifiers of at most 255 characters, and not <c>PartitionKey</c>, <c>RowKey</c>,
/// <c>Timestamp</c> or <c>ETag</c>. Numbers are finite; text holds no half of a surrogate pair. Everything else comes
/// back exactly as it was stored.</para>
/// </remarks>
public static class RowLimits
{
    /// <summary>The most properties of a row of ours (Azure's 255 less the keys and the timestamp).</summary>
    public const int Properties = 252;

    /// <summary>The most bytes of one binary property, and of one text as UTF-16.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>The most bytes of a row: as Azure counts them: names and texts as UTF-16, binaries as they are.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>The most rows of a page.</summary>
    public const int PageRows = 1000;

    /// <summary>The most bytes of a page of rows; a page that would be larger is cut and continued.</summary>
    public const int PageBytes = 4 * 1024 * 1024;

    /// <summary>The most characters of a partition or row key (Azure: 1 KiB as UTF-16).</summary>
    public const int KeyLength = 512;
}
