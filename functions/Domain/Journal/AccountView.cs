using TimeTagger.Domain.Records;

namespace TimeTagger.Domain.Journal;

/// <summary>
/// An account as of one entry of its journal: the fold of all entries up to it. It can be lost at any time and
/// built again. Not thread-safe: its owner serialises access.
/// </summary>
public sealed class AccountView
{
    private readonly Dictionary<string, StoredItem> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredItem> _settings = new(StringComparer.Ordinal);

    /// <summary>An account without entries.</summary>
    /// <param name="created">When it was made; counts as the server time of its last entry.</param>
    /// <param name="version">The number before that of its first entry.</param>
    public AccountView(ServerTime created, long version = 0) => (LastSt, Version) = (created, version);

    /// <summary>The number of the last entry folded in.</summary>
    public long Version { get; private set; }

    /// <summary>The server time of the last entry.</summary>
    public ServerTime LastSt { get; private set; }

    /// <summary>The server time of the last reset: a client whose cursor is not above it has to start over.</summary>
    public ServerTime ResetSt { get; private set; } = ServerTime.Never;

    /// <summary>The wall time of the last reset: items modified before it are refused.</summary>
    public ServerTime ResetAt { get; private set; } = ServerTime.Never;

    /// <summary>About how many bytes of memory the items take.</summary>
    public long Bytes { get; private set; }

    /// <summary>All records, in no order.</summary>
    public IReadOnlyCollection<StoredItem> Records => _records.Values;

    /// <summary>All settings, in no order.</summary>
    public IReadOnlyCollection<StoredItem> Settings => _settings.Values;

    /// <summary>The item of that kind and key, or null.</summary>
    public StoredItem? Find(ItemKind kind, string key) => Items(kind).GetValueOrDefault(key);

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

        foreach (var change in entry.Changes)
        {
            var items = Items(KindOf(change.Now));
            Bytes += MemorySize.Of(change.Now);
            Bytes -= items.TryGetValue(change.Now.Key, out var replaced) ? MemorySize.Of(replaced.Item) : 0;
            items[change.Now.Key] = new StoredItem(change.Now, entry.St, entry.Number);
        }

        if (entry.Kind == EntryKind.Reset)
        {
            (ResetSt, ResetAt) = (entry.St, entry.At);
        }

        (Version, LastSt) = (entry.Number, entry.St);
    }

    private static ItemKind KindOf(Item item) => item is Record ? ItemKind.Record : ItemKind.Setting;

    private Dictionary<string, StoredItem> Items(ItemKind kind) => kind == ItemKind.Record ? _records : _settings;
}
