namespace TimeTagger.Domain;

/// <summary>
/// The order of keys as UTF-8, which is that of their code points: the order of the columns, and of every answer. The
/// framework's ordinal order is that of UTF-16, where U+E000 to U+FFFF come after what is beyond.
/// </summary>
internal sealed class KeyOrder : IComparer<string>
{
    internal static readonly KeyOrder Instance = new();

    private KeyOrder() { }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        var common = a.CommonPrefixLength(b);
        return common == a.Length || common == b.Length
            ? a.Length.CompareTo(b.Length)
            : Rank(a[common]).CompareTo(Rank(b[common]));
    }

    // Halves of surrogate pairs behind everything else.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
