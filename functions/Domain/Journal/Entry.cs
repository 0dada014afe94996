namespace TimeTagger.Domain.Journal;

/// <summary>One commit of an account: all or nothing, and its number is the account's version.</summary>
/// <param name="Number">Its place in the journal: 1, 2, 3 …</param>
/// <param name="Kind">What it does.</param>
/// <param name="St">The server time of everything in it; rises strictly from entry to entry.</param>
/// <param name="At">
/// The wall time of the writer. Unlike <paramref name="St"/> it does not have to rise, so one wrong clock cannot
/// carry an account into the future: retention, history and resets go by it.
/// </param>
/// <param name="CommitId">Made once per request, so that a writer knows its own entry again.</param>
/// <param name="Writer">Which kind of token wrote it; shown in history.</param>
/// <param name="Changes">What it did, by key; to one key in the order of the request.</param>
public sealed record Entry(
    long Number,
    EntryKind Kind,
    ServerTime St,
    ServerTime At,
    string CommitId,
    string Writer,
    IReadOnlyList<Change> Changes
);

/// <summary>What an entry does.</summary>
public enum EntryKind
{
    /// <summary>Stores items.</summary>
    Items = 0,

    /// <summary>Tells every client to drop what it has and to fetch everything.</summary>
    Reset = 1,

    /// <summary>Ends this life of the account: nothing of what came before is shown or kept.</summary>
    Closing = 2,
}
