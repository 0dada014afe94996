namespace TimeTagger.Storage.Journal;

/// <summary>
/// What maintenance decides by: one small read, past what this process remembers, so that looking after accounts that
/// nobody uses pushes out none that somebody does.
/// </summary>
/// <param name="Account">Which account.</param>
/// <param name="Head">Its head.</param>
/// <param name="Version">The number of its newest entry; where there is none, the number before the first.</param>
/// <param name="IsClosed">Whether that entry closed the account.</param>
/// <param name="Now">The time by the storage's clock.</param>
internal sealed record AccountGlance(
    AccountKey Account,
    AccountHead Head,
    long Version,
    bool IsClosed,
    DateTimeOffset Now
)
{
    /// <summary>Whether it is there to be maintained: what is being erased goes in a way of its own.</summary>
    internal bool IsInUse => Head.Life == AccountLife.InUse && !IsClosed;

    /// <summary>How many entries came after the latest snapshot.</summary>
    internal long EntriesAfterSnapshot => Version - Head.FirstToFold + 1;
}
