using System.Globalization;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>
/// Row keys of an account's partition. Entry n lies at <c>z&lt;999999999999 − n&gt;</c>: the numbers run backwards, so the
/// head comes first, then the newest entries, and one short page both authenticates and is up to date.
/// </summary>
internal static class JournalKeys
{
    internal const string Head = "head";
    private const string Last = "z~";
    private const long Highest = 999_999_999_999;

    /// <summary>The row key of an entry.</summary>
    internal static string Entry(long number) => "z" + (Highest - number).ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>The number of the entry at a row key; null when the row is no entry.</summary>
    internal static long? NumberOf(string rowKey) =>
        rowKey.StartsWith('z') ? Highest - long.Parse(rowKey.AsSpan(1), CultureInfo.InvariantCulture) : null;

    /// <summary>The head and every entry after <paramref name="version"/>.</summary>
    internal static RowRange HeadAndAfter(long version) => new(Head, Entry(version + 1));

    /// <summary>The entries below a number, which nobody reads any more.</summary>
    internal static RowRange Below(long first) => new(Entry(first - 1), Last);

    /// <summary>All rows of an account.</summary>
    internal static RowRange All => new("", Last);

    /// <summary>The head and all entries.</summary>
    internal static RowRange HeadAndAll => new(Head, Last);

    /// <summary>The entries up to and including <paramref name="number"/>, newest first, not below <paramref name="first"/>.</summary>
    internal static RowRange DownFrom(long number, long first) => new(Entry(number), Entry(first));
}
