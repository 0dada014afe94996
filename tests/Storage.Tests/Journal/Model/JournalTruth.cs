using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using Xunit;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>
/// What an account has been through, whatever maintenance deletes of it: every entry as it was stored, in every life,
/// and every state that a reader may have seen. Its fold is its own, not the product's.
/// </summary>
internal sealed class JournalTruth
{
    private readonly List<State> _states = [];
    private readonly Dictionary<ServerTime, int> _positions = [];
    private readonly HashSet<string> _commits = [];
    private readonly HashSet<ServerTime> _askedToErase = [];

    /// <summary>Every valid entry, oldest first.</summary>
    internal List<(Entry Entry, ServerTime Life, DateTimeOffset Stored)> Entries { get; } = [];

    /// <summary>The last state; each entry, and the beginning of each life, is one more.</summary>
    internal int Position => _states.Count - 1;

    /// <summary>When the present life began, or the last one that has ended.</summary>
    internal ServerTime Life { get; private set; }

    /// <summary>Whether that life has ended.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>How many lives have ended.</summary>
    internal int Erased { get; private set; }

    private long Version => Entries.Count == 0 ? 0 : Entries[^1].Entry.Number;

    /// <summary>The owner of the account in this life wants it erased.</summary>
    internal void AskToErase(ServerTime life) => _askedToErase.Add(life);

    /// <summary>A life begins.</summary>
    internal void Begin(ServerTime created)
    {
        Assert.True(_states.Count == 0 || IsClosed, "A life began before the last one had ended.");
        (Life, IsClosed) = (created, false);
        Add(created.Next, []);
    }

    /// <summary>An entry has been stored.</summary>
    internal void Store(Entry entry, DateTimeOffset now)
    {
        Assert.False(IsClosed, $"Entry {entry.Number} was stored when the account was erased.");
        Assert.Equal(Version + 1, entry.Number);
        Assert.True(_commits.Add(entry.CommitId), $"Commit {entry.CommitId} was stored twice.");

        // At stays near the truth, however wrong the clocks are.
        Assert.InRange((now - ToInstant(entry.At)).TotalHours, -0.1, 0.5);
        Entries.Add((entry, Life, now));
        var items = new Dictionary<string, (Item, ServerTime)>(_states[^1].Items);
        foreach (var change in entry.Changes)
        {
            items[change.Now.Key] = (change.Now, entry.St);
        }

        if (entry.Kind == EntryKind.Closing)
        {
            Assert.True(_askedToErase.Contains(Life), "A life was ended that nobody wanted to end.");
            (IsClosed, items) = (true, []);
            Erased++;
        }

        Add(entry.St.Next, items);
    }

    /// <summary>An entry, and when it was stored.</summary>
    internal (Entry Entry, ServerTime Life, DateTimeOffset Stored) Find(long number) =>
        Entries.Find(stored => stored.Entry.Number == number);

    /// <summary>The number of the entry that ended the life of an entry.</summary>
    internal long ClosingOf(long number) =>
        Entries.Find(stored => stored.Entry.Kind == EntryKind.Closing && stored.Entry.Number >= number).Entry.Number;

    /// <summary>What somebody sees is what there was at that server time, and nothing older than what it must be.</summary>
    internal void AssertSeen(
        ServerTime serverTime,
        IReadOnlyDictionary<string, (Item Item, ServerTime St)> items,
        int noOlderThan
    )
    {
        Assert.True(_positions.TryGetValue(serverTime, out var position), $"There is no state of {serverTime}.");
        Assert.True(position >= noOlderThan, $"State {position} was seen where {noOlderThan} had been stored before.");
        var expected = _states[position].Items;
        var wrong = expected.Where(item => !items.TryGetValue(item.Key, out var seen) || seen != item.Value).ToList();
        Assert.True(wrong.Count == 0, $"State {position} was seen without {string.Join(", ", wrong)}.");
        Assert.True(items.Count == expected.Count, $"State {position} was seen with {items.Count} items.");
    }

    internal static DateTimeOffset ToInstant(ServerTime time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.Steps / (ServerTime.StepsPerSecond / 1000));

    private void Add(ServerTime serverTime, Dictionary<string, (Item Item, ServerTime St)> items)
    {
        Assert.True(_states.Count == 0 || _states[^1].ServerTime < serverTime, "Server time did not rise.");
        _states.Add(new State(serverTime, items));
        _positions.Add(serverTime, Position);
    }

    private sealed record State(ServerTime ServerTime, Dictionary<string, (Item Item, ServerTime St)> Items);
}
