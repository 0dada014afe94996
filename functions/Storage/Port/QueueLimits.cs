using System.Buffers;
using System.Text;

namespace TimeTagger.Storage.Port;

/// <summary>What every store refuses of a queue.</summary>
public static class QueueLimits
{
    /// <summary>The most bytes of a message as UTF-8 (Azure's 64 KiB, less what Base64 adds).</summary>
    public const int BodyBytes = 48 * 1024;

    /// <summary>The shortest time for which a received message can be hidden.</summary>
    public static readonly TimeSpan ShortestHidden = TimeSpan.FromSeconds(1);

    /// <summary>The longest time for which a message can be delayed or hidden.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    // Azure carries messages in XML, which has no other control characters and makes a line feed of a carriage return.
    private static readonly SearchValues<char> NotInXml = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(code => (char)code).Except("\t\n"),
        '\uFFFE',
        '\uFFFF',
    ]);

    /// <summary>Checks a message: text that XML can hold and gives back the same, neither empty nor too long.</summary>
    internal static void CheckBody(string body)
    {
        ArgumentException.ThrowIfNullOrEmpty(body);
        if (!RowRules.IsWellFormed(body))
            throw new ArgumentException("The message holds half of a surrogate pair.", nameof(body));
        if (body.AsSpan().IndexOfAny(NotInXml) is var at and >= 0)
            throw new ArgumentException($"A message must not hold the character U+{(int)body[at]:X4}.", nameof(body));
        if (Encoding.UTF8.GetByteCount(body) is var size && size > BodyBytes)
            throw new ArgumentException($"A message of {size} bytes; the most is {BodyBytes}.", nameof(body));
    }

    /// <summary>Checks a delay before a message is seen.</summary>
    internal static void CheckDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, Longest);
    }

    /// <summary>Checks how long a received message is hidden.</summary>
    internal static void CheckHidden(TimeSpan hidden)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, ShortestHidden);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hidden, Longest);
    }
}
