namespace TimeTagger.Storage.Journal;

/// <summary>From what size on an account is kept in another way.</summary>
/// <param name="FewEntries">With no more entries than these after the snapshot, another one is not worth its while.</param>
/// <param name="ManyEntries">With more than these, it is due however large the account is.</param>
/// <param name="RowBytes">The most bytes of items, compressed, that an entry's row holds; those of a larger one lie in a blob.</param>
internal sealed record Thresholds(long FewEntries, long ManyEntries, int RowBytes)
{
    internal static readonly Thresholds Usual = new(FewEntries: 128, ManyEntries: 800, RowBytes: 900 * 1024);
}
