using System.Globalization;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;

namespace TimeTagger.Domain.Writing;

/// <summary>How much one account may hold. Whatever it holds already can always be replaced, shortened and hidden.</summary>
/// <param name="Items">The most records and settings together.</param>
/// <param name="Bytes">The most bytes of memory that they take, as <see cref="MemorySize.InView"/> counts them.</param>
public sealed record Quota(long Items, long Bytes)
{
    /// <summary>No limit.</summary>
    public static readonly Quota None = new(long.MaxValue, long.MaxValue);
}

/// <summary>What is left of the quota while a list is merged, item after item.</summary>
internal sealed class Room(Quota quota, AccountView view)
{
    private const int Mebibyte = 1024 * 1024;

    private long _items = view.Count;
    private long _bytes = view.Weight;

    /// <summary>Why there is no room for an item, in words for the person who sent it; null when there is.</summary>
    /// <param name="current">What it would replace.</param>
    /// <param name="sent">The item.</param>
    internal string? Refusal(Item? current, Item sent)
    {
        if (current is null && _items >= quota.Items)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The account is full: it may hold {quota.Items:N0} records and settings. Those that it has can still be changed; for more room ask whoever runs this server."
            );
        }

        var bytes = _bytes + MemorySize.InView(sent) - (current is null ? 0 : MemorySize.InView(current));
        return bytes > quota.Bytes && (current is null || Weight(sent) > Weight(current))
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The account is full: its records and settings may take {quota.Bytes / Mebibyte:N0} MiB. Make this one shorter, or ask whoever runs this server for more room."
            )
            : null;
    }

    /// <summary>Counts what was merged.</summary>
    internal void Take(Change change)
    {
        _items += change.Was is null ? 1 : 0;
        _bytes += MemorySize.InView(change.Now) - (change.Was is { } was ? MemorySize.InView(was.Item) : 0);
    }

    // The mark of a hidden record weighs nothing: hiding works in a full account, and again and again adds nothing else.
    private static long Weight(Item item) =>
        item is Record { IsHidden: true, Ds: { } ds } record
            ? MemorySize.InView(record with { Ds = Unmarked(ds) })
            : MemorySize.InView(item);

    private static string? Unmarked(string description)
    {
        var text = description[Record.HiddenPrefix.Length..];
        return text is [' ', .. var rest] ? Text(rest) : Text(text);

        static string? Text(string text) => text.Length == 0 ? null : text;
    }
}
