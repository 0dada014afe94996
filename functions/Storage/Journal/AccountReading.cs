using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>An account as one storage read found it. Belongs to one request.</summary>
public sealed class AccountReading
{
    internal AccountReading(
        AccountKey account,
        AccountHead head,
        string headTag,
        TimeSpan skew,
        AccountState state,
        IReadOnlyList<Row> newestRows
    )
    {
        Account = account;
        Head = head;
        HeadTag = headTag;
        Skew = skew;
        State = state;
        NewestRows = newestRows;
    }

    /// <summary>Which account it is.</summary>
    public AccountKey Account { get; }

    /// <summary>Its head.</summary>
    public AccountHead Head { get; }

    /// <summary>The version of the head's row.</summary>
    internal string HeadTag { get; }

    /// <summary>How far the storage's clock was ahead of ours; zero where the two agree to 5 s.</summary>
    internal TimeSpan Skew { get; set; }

    internal AccountState State { get; }

    /// <summary>On the first read of an account: the newest entries as they came with it, newest first, not unpacked.</summary>
    internal IReadOnlyList<Row> NewestRows { get; }
}
