using TimeTagger.Domain.Journal;

namespace TimeTagger.Domain.Writing;

/// <summary>What a PUT comes to.</summary>
/// <param name="Accepted">Keys that were taken, in the order of the request; also of those that lost by <c>mt</c>.</param>
/// <param name="Failed">Keys that were refused, in the order of the request.</param>
/// <param name="Errors">A text per failed key, in that order, then one per element without a key.</param>
/// <param name="Changes">
/// What to store, all in one entry; empty when nothing changes. By key, so that whoever receives them later does in
/// that order; those of one key in the order of the request.
/// </param>
public sealed record Put(
    IReadOnlyList<string> Accepted,
    IReadOnlyList<string> Failed,
    IReadOnlyList<string> Errors,
    IReadOnlyList<Change> Changes
)
{
    /// <summary>
    /// The most bytes of items, of those that come and of those that are replaced, in one entry. A few bytes can name a
    /// large item: without a limit, an entry could become larger than what any instance can load.
    /// </summary>
    public const long MaxBytes = 48 * 1024 * 1024;

    /// <summary>
    /// Merges what a client sends into the account, item after item: later ones see earlier ones. The version
    /// with the larger <c>mt</c> stays, at equal <c>mt</c> the new one. Whatever was sent for a key that exists
    /// gives that key a new <c>st</c>, so that the client receives what is in force on its next poll
    /// (docs/api, 6.8 to 6.13).
    /// </summary>
    /// <param name="view">The account before it.</param>
    /// <param name="kind">What is sent.</param>
    /// <param name="submissions">The list that was sent.</param>
    /// <param name="st">The server time of the entry to be.</param>
    /// <exception cref="CommitTooLargeException">It is more than <see cref="MaxBytes"/>.</exception>
    /// <param name="quota">How much the account may hold; what does not fit is refused, the rest is merged.</param>
    public static Put Merge(
        AccountView view,
        ItemKind kind,
        IReadOnlyList<Submission> submissions,
        ServerTime st,
        Quota quota
    )
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(submissions);
        ArgumentNullException.ThrowIfNull(quota);
        var accepted = new List<string>(submissions.Count);
        var failed = new List<string>();
        var errors = new List<string>();
        var keyless = new List<string>();
        var changes = new List<Change>(submissions.Count);
        var staged = new Dictionary<string, StoredItem>(StringComparer.Ordinal);
        var room = new Room(quota, view);
        var bytes = 0L;
        foreach (var (key, item, error) in submissions)
        {
            if (key is null)
            {
                keyless.Add(error!);
                continue;
            }

            var current = staged.GetValueOrDefault(key) ?? view.Find(kind, key);
            var refusal =
                error
                ?? (IsBefore(item!.Mt, view.ResetAt) ? "Item was modified after a reset" : null)
                ?? (IsLate(current, item) ? null : room.Refusal(current?.Item, item));
            if (refusal is null)
            {
                accepted.Add(key);
            }
            else
            {
                failed.Add(key);
                errors.Add(refusal);
            }

            // Refused again and again, the stored one is still stored again only once.
            var isTold = refusal is not null && staged.ContainsKey(key);
            if (!isTold && Change(current, refusal is null ? item : null) is { } change)
            {
                changes.Add(change);
                room.Take(change);
                bytes += BytesOf(change, isNew: !staged.ContainsKey(key) || !change.IsRestamp);
                if (bytes > MaxBytes)
                {
                    throw new CommitTooLargeException();
                }

                staged[key] = new StoredItem(change.Now, st, view.Version + 1);
            }
        }

        return new Put(
            accepted,
            failed,
            [.. errors, .. keyless],
            [.. changes.OrderBy(change => change.Now.Key, KeyOrder.Instance)]
        );
    }

    private static Change? Change(StoredItem? current, Item? sent) =>
        (current, sent) switch
        {
            (null, null) => null,
            (null, { } first) => new Change(first, null, null),
            ({ } kept, null) => new Change(kept.Item, kept, null),
            ({ } kept, { } late) when IsLate(kept, late) => new Change(kept.Item, kept, late),
            ({ } old, { } newer) => new Change(newer, old, null),
        };

    // What the journal has to hold of it: a version that was written before in the same entry is not written again.
    private static long BytesOf(Change change, bool isNew) =>
        (isNew ? MemorySize.InView(change.Now) : 0)
        + (change is { IsRestamp: false, Was: { } was } ? MemorySize.InView(was.Item) : 0)
        + (change.Lost is { } lost ? MemorySize.InView(lost) : 0);

    private static bool IsLate(StoredItem? current, Item sent) => current is not null && current.Item.Mt > sent.Mt;

    private static bool IsBefore(long seconds, ServerTime instant) =>
        (Int128)seconds * ServerTime.StepsPerSecond < instant.Steps;
}
