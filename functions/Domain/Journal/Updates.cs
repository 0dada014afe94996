using TimeTagger.Domain.Columns;
using TimeTagger.Domain.Records;

namespace TimeTagger.Domain.Journal;

/// <summary>What a client has to learn to be up to date.</summary>
/// <param name="ServerTime">The cursor for its next question.</param>
/// <param name="Reset">Whether it has to drop what it has: the items are then all there are.</param>
/// <param name="Records">
/// Records stored at or after its cursor, in the order in which they were stored; all, in the order of keys, at a reset.
/// </param>
/// <param name="Settings">Settings, likewise.</param>
public sealed record Updates(ServerTime ServerTime, bool Reset, ItemSelection Records, ItemSelection Settings)
{
    /// <summary>The answer from a whole view.</summary>
    /// <param name="view">The account.</param>
    /// <param name="since">The client's cursor in seconds; not NaN.</param>
    public static Updates From(AccountView view, double since)
    {
        ArgumentNullException.ThrowIfNull(view);
        return since <= view.ResetSt.Seconds
            ? new Updates(view.LastSt.Next, true, view.All(ItemKind.Record), view.All(ItemKind.Setting))
            : new Updates(
                view.LastSt.Next,
                false,
                view.Since(ItemKind.Record, since),
                view.Since(ItemKind.Setting, since)
            );
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
            return new Updates(last.Next, false, ItemSelection.None, ItemSelection.None);
        }

        var seen = new HashSet<(ItemKind Kind, string Key)>();
        var newest = new List<StoredItem>();
        foreach (var entry in newestFirst)
        {
            if (entry.St.Seconds < since)
            {
                newest.Reverse();
                return new Updates(
                    last.Next,
                    false,
                    ItemSelection.Of(ItemKind.Record, newest.FindAll(stored => stored.Item is Record)),
                    ItemSelection.Of(ItemKind.Setting, newest.FindAll(stored => stored.Item is not Record))
                );
            }

            if (entry.Kind is EntryKind.Reset or EntryKind.Closing)
            {
                return null;
            }

            foreach (var change in entry.Changes.Reverse())
            {
                var kind = change.Now is Record ? ItemKind.Record : ItemKind.Setting;
                if (seen.Add((kind, change.Now.Key)))
                {
                    newest.Add(new StoredItem(change.Now, entry.St, entry.Number));
                }
            }
        }

        return null;
    }
}
