using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;

namespace TimeTagger.Domain.Journal;

/// <summary>What a client has to learn to be up to date.</summary>
/// <param name="ServerTime">The cursor for its next question.</param>
/// <param name="Reset">Whether it has to drop what it has: the items are then all there are.</param>
/// <param name="Records">Records stored at or after its cursor.</param>
/// <param name="Settings">Settings stored at or after its cursor.</param>
public sealed record Updates(
    ServerTime ServerTime,
    bool Reset,
    IReadOnlyList<StoredItem> Records,
    IReadOnlyList<StoredItem> Settings
)
{
    /// <summary>The answer from a whole view.</summary>
    /// <param name="view">The account.</param>
    /// <param name="since">The client's cursor in seconds; not NaN.</param>
    public static Updates From(AccountView view, double since)
    {
        ArgumentNullException.ThrowIfNull(view);
        return since <= view.ResetSt.Seconds
            ? new Updates(view.LastSt.Next, true, ByKey(view.Records), ByKey(view.Settings))
            : new Updates(view.LastSt.Next, false, Later(view.Records, since), Later(view.Settings, since));
    }

    /// <summary>
    /// The answer from the newest entries alone, or null when they do not reach back far enough: they must hold
    /// every entry stored at or after the cursor, and no reset among those.
    /// </summary>
    /// <param name="newestFirst">The last entries of the journal without a gap, newest first.</param>
    /// <param name="since">The client's cursor in seconds; not NaN.</param>
    /// <param name="last">The server time of the last entry, or of the account's creation when there is none.</param>
    public static Updates? FromNewest(IEnumerable<Entry> newestFirst, double since, ServerTime last)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        if (last.Seconds < since)
        {
            return new Updates(last.Next, false, [], []);
        }

        var newest = new Dictionary<(Type Kind, string Key), StoredItem>();
        foreach (var entry in newestFirst)
        {
            if (entry.St.Seconds < since)
            {
                return new Updates(last.Next, false, Only<Record>(newest), Only<Setting>(newest));
            }

            if (entry.Kind == EntryKind.Reset)
            {
                return null;
            }

            foreach (var change in entry.Changes.Reverse())
            {
                newest.TryAdd(
                    (change.Now.GetType(), change.Now.Key),
                    new StoredItem(change.Now, entry.St, entry.Number)
                );
            }
        }

        return null;
    }

    private static List<StoredItem> Only<T>(Dictionary<(Type Kind, string Key), StoredItem> newest)
        where T : Item => InOrder(newest.Values.Where(stored => stored.Item is T));

    private static List<StoredItem> Later(IEnumerable<StoredItem> items, double since) =>
        InOrder(items.Where(stored => stored.St.Seconds >= since));

    private static List<StoredItem> ByKey(IEnumerable<StoredItem> items) =>
        [.. items.OrderBy(stored => stored.Item.Key, StringComparer.Ordinal)];

    private static List<StoredItem> InOrder(IEnumerable<StoredItem> items) =>
        [.. items.OrderBy(stored => stored.St).ThenBy(stored => stored.Item.Key, StringComparer.Ordinal)];
}
