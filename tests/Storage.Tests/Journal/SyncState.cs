using System.Collections.Immutable;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Writing;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>What a client has: the items with their server times. Never changes.</summary>
internal sealed class SyncState : IEquatable<SyncState>
{
    private readonly ImmutableDictionary<(ItemKind Kind, string Key), (Item Item, ServerTime St)> _items;

    private SyncState(ImmutableDictionary<(ItemKind, string), (Item, ServerTime)> items) => _items = items;

    internal static SyncState Empty { get; } = new(ImmutableDictionary<(ItemKind, string), (Item, ServerTime)>.Empty);

    internal bool Has(ItemKind kind, string key) => _items.ContainsKey((kind, key));

    /// <summary>With an item that no server ever had.</summary>
    internal SyncState WithGhost() =>
        new(_items.SetItem((ItemKind.Record, "ghost"), (new Record("ghost", 1, 1, 1, null), default)));

    /// <summary>The rule of clients: a reset drops everything, then each item takes the place of the one of its key.</summary>
    internal SyncState After(Updates updates)
    {
        var items = updates.Reset ? Empty._items : _items;
        items = items.SetItems(Keyed(ItemKind.Record, updates.Records.ToList()));
        return new(items.SetItems(Keyed(ItemKind.Setting, updates.Settings.ToList())));
    }

    /// <summary>The rule of the server: the larger <c>mt</c> stays, and whatever was sent for a key gives it a new time.</summary>
    internal SyncState With(ItemKind kind, IEnumerable<Submission> submissions, long resetAt, ServerTime st)
    {
        var items = _items;
        foreach (var (key, sent, _) in submissions)
        {
            var current = items.TryGetValue((kind, key!), out var held) ? held.Item : null;
            var item = sent?.Mt > resetAt && !(current?.Mt > sent.Mt) ? sent : current;
            items = item is null ? items : items.SetItem((kind, key!), (item, st));
        }

        return new(items);
    }

    public bool Equals(SyncState? other) =>
        other is not null && _items.Count == other._items.Count && _items.All(other._items.Contains);

    public override bool Equals(object? obj) => Equals(obj as SyncState);

    public override int GetHashCode() => _items.Count;

    public override string ToString() =>
        string.Join(", ", _items.OrderBy(item => item.Key).Select(item => $"{item.Value.Item} at {item.Value.St}"));

    private static IEnumerable<KeyValuePair<(ItemKind, string), (Item, ServerTime)>> Keyed(
        ItemKind kind,
        IEnumerable<StoredItem> stored
    ) => stored.Select(item => KeyValuePair.Create((kind, item.Item.Key), (item.Item, item.St)));
}
