using TimeTagger.Domain.Columns;
using TimeTagger.Domain.Records;

namespace TimeTagger.Domain.Journal;

/// <summary>
/// An account as of one entry of its journal: the fold of all entries up to it. It can be lost at any time and
/// built again. Not thread-safe: its owner serialises access, but what it gives out may be read at leisure.
/// </summary>
public sealed class AccountView
{
    private ItemTable _records = new(ItemKind.Record);
    private ItemTable _settings = new(ItemKind.Setting);

    /// <summary>An account without entries.</summary>
    /// <param name="created">When it was made; counts as the server time of its last entry.</param>
    /// <param name="version">The number before that of its first entry.</param>
    /// <param name="resetSt">What is at or before this on the server's clock belongs to an earlier life of the account.</param>
    public AccountView(ServerTime created, long version = 0, ServerTime? resetSt = null) =>
        (LastSt, Version, ResetSt) = (created, version, resetSt ?? ServerTime.Never);

    /// <summary>The view as a snapshot has it.</summary>
    internal AccountView(
        long version,
        ServerTime lastSt,
        ServerTime resetSt,
        ServerTime resetAt,
        ItemTable records,
        ItemTable settings
    )
    {
        (Version, LastSt, ResetSt, ResetAt) = (version, lastSt, resetSt, resetAt);
        (_records, _settings) = (records, settings);
    }

    /// <summary>The number of the last entry folded in.</summary>
    public long Version { get; private set; }

    /// <summary>The server time of the last entry.</summary>
    public ServerTime LastSt { get; private set; }

    /// <summary>The server time of the last reset: a client whose cursor is not above it has to start over.</summary>
    public ServerTime ResetSt { get; private set; }

    /// <summary>The wall time of the last reset: items modified before it are refused.</summary>
    public ServerTime ResetAt { get; private set; } = ServerTime.Never;

    /// <summary>Whether the last entry closed the account: then it is empty, and nothing can be written any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>How many records and settings it has.</summary>
    public int Count => _records.Count + _settings.Count;

    /// <summary>How many bytes of memory the items take, with the room kept for more.</summary>
    public long Bytes => _records.Bytes + _settings.Bytes;

    /// <summary>The sum of <see cref="MemorySize.InView"/> over its items.</summary>
    public long Weight => _records.Weight + _settings.Weight;

    /// <summary>The item of that kind and key, or null.</summary>
    public StoredItem? Find(ItemKind kind, string key) => Items(kind).Find(key);

    /// <summary>All items of a kind, in the order of their keys as UTF-8.</summary>
    public ItemSelection All(ItemKind kind) => Items(kind).ByKey();

    /// <summary>The items of a kind stored at or after an instant, in the order in which they were stored.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="since">Seconds since 1970; not NaN.</param>
    public ItemSelection Since(ItemKind kind, double since) => Items(kind).Since(since);

    /// <summary>All records as they are now, for a query to go through.</summary>
    public ItemRows RecordRows() => _records.ToRows();

    /// <summary>All of it, as it is now.</summary>
    public ViewSnapshot ToSnapshot() =>
        new(
            Version,
            LastSt,
            ResetSt,
            ResetAt,
            Since(ItemKind.Record, double.NegativeInfinity),
            Since(ItemKind.Setting, double.NegativeInfinity)
        );

    /// <summary>Folds in the next entry.</summary>
    /// <exception cref="ArgumentException">It is not the one that follows <see cref="Version"/>.</exception>
    public void Apply(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Number != Version + 1 || entry.St <= LastSt)
        {
            throw new ArgumentException(
                $"Entry {entry.Number} (st {entry.St}) does not follow entry {Version} (st {LastSt}).",
                nameof(entry)
            );
        }

        for (var i = 0; i < entry.Changes.Count; i++)
        {
            var change = entry.Changes[i];
            if (i + 1 < entry.Changes.Count && IsOfSameItem(change.Now, entry.Changes[i + 1].Now))
            {
                continue; // Only the last version of an entry is ever in force.
            }

            var kind = change.Now is Record ? ItemKind.Record : ItemKind.Setting;
            Items(kind).Put(new StoredItem(change.Now, entry.St, entry.Number));
        }

        _records.Compact();
        _settings.Compact();
        if (entry.Kind == EntryKind.Closing)
        {
            (_records, _settings) = (new ItemTable(ItemKind.Record), new ItemTable(ItemKind.Setting));
            IsClosed = true;
        }

        if (entry.Kind is EntryKind.Reset or EntryKind.Closing)
        {
            (ResetSt, ResetAt) = (entry.St, entry.At);
        }

        (Version, LastSt) = (entry.Number, entry.St);
    }

    private static bool IsOfSameItem(Item item, Item next) => item.GetType() == next.GetType() && item.Key == next.Key;

    private ItemTable Items(ItemKind kind) => kind == ItemKind.Record ? _records : _settings;
}
