using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Writing;

namespace TimeTagger.Domain.Tests.Journal;

/// <summary>
/// A client as ours behaves: an edit is never older than what it replaces, waits until the server confirmed it, and
/// after a reset is made again on top of what the server has.
/// </summary>
internal sealed class ModelClient
{
    private readonly Dictionary<string, (Item Item, double St)> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Item> _waiting = new(StringComparer.Ordinal);

    internal double Cursor { get; private set; }

    internal IReadOnlyCollection<Item> Waiting => [.. _waiting.Values];

    internal Dictionary<string, Item> Items => _items.ToDictionary(pair => pair.Key, pair => pair.Value.Item);

    internal void Edit(string key, long now, string description)
    {
        var mt = _items.TryGetValue(key, out var current) ? Math.Max(now, current.Item.Mt + 1) : now;
        Wait(new Record(key, mt, 1, 2, description));
    }

    internal void Pushed(Put put)
    {
        foreach (var key in put.Accepted)
        {
            _waiting.Remove(key);
        }

        // Refused because of a reset that this client had not seen: made again, now.
        foreach (var key in put.Failed)
        {
            var record = (Record)_waiting[key];
            Wait(record with { Mt = Math.Max(record.Mt + 1, (long)Math.Ceiling(Cursor) + 1) });
        }
    }

    internal void Receive(Updates updates)
    {
        if (updates.Reset)
        {
            _items.Clear();
        }

        foreach (var stored in updates.Records.ToList())
        {
            Merge(stored.Item, stored.St.Seconds);
        }

        if (updates.Reset)
        {
            foreach (var item in _waiting.Values.ToList())
            {
                var floor = Math.Max(
                    (long)Math.Ceiling(updates.ServerTime.Seconds),
                    _items.TryGetValue(item.Key, out var current) ? current.Item.Mt + 1 : 0
                );
                Wait((Record)item with { Mt = Math.Max(item.Mt, floor) });
            }
        }

        Cursor = updates.ServerTime.Seconds;
    }

    private void Wait(Record record)
    {
        _items[record.Key] = (record, 0);
        _waiting[record.Key] = record;
    }

    private void Merge(Item item, double st)
    {
        if (
            !_items.TryGetValue(item.Key, out var current)
            || (current.St > 0 && st > 0 ? st > current.St : item.Mt >= current.Item.Mt)
        )
        {
            _items[item.Key] = (item, st);
        }
    }
}
