using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Journal;

/// <summary>Changes heads: only the columns given, and only where the head still is as it was judged to be.</summary>
internal sealed class HeadRow(ITable journal)
{
    /// <summary>Reads the head and changes it, again from the start when somebody else was faster.</summary>
    /// <param name="account">The account.</param>
    /// <param name="change">The columns to set, or null to leave the head as it is.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Whether it was changed: false when <paramref name="change"/> did not want to, or there is no head.</returns>
    internal async Task<bool> ChangeAsync(
        AccountKey account,
        Func<AccountHead, Dictionary<string, object>?> change,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var row = await journal.GetAsync(account.Value, JournalKeys.Head, cancellation);
            if (row is null || change(AccountHead.From(row)) is not { } columns)
            {
                return false;
            }

            if (await journal.MergeAsync(new Row(account.Value, JournalKeys.Head, columns), row.ETag, cancellation))
            {
                return true;
            }
        }
    }
}
