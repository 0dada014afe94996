using System.Buffers;
using System.Text;

namespace TimeTagger.Storage.Port;

/// <summary>The checks behind <see cref="RowLimits"/>; each throws <see cref="ArgumentException"/>.</summary>
internal static class RowRules
{
    // What Azure adds to each row and to each property when it counts a row's bytes.
    private const int RowOverhead = 4;
    private const int PropertyOverhead = 8;
    private const int LengthPrefix = 4;
    private const int LongestName = 255;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(@"/\#?").ToArray()
    );

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    private static readonly string[] ReservedNames = ["PartitionKey", "RowKey", "Timestamp", "ETag"];

    /// <summary>Checks a partition or row key.</summary>
    public static void CheckKey(string key, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(key, parameter);
        CheckKeyCharacters(key, parameter);
    }

    /// <summary>Checks the ends of a range; an empty <see cref="RowRange.From"/> is the beginning of the partition.</summary>
    public static void CheckRange(RowRange range)
    {
        ArgumentNullException.ThrowIfNull(range.From, nameof(range));
        CheckKeyCharacters(range.From, nameof(range));
        CheckKey(range.To, nameof(range));
    }

    /// <summary>Checks the number of rows wanted.</summary>
    public static void CheckTop(int top)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, RowLimits.PageRows);
    }

    /// <summary>Checks a tag to match: null stands for any row, so Azure's <c>*</c> is not needed.</summary>
    public static void CheckIfMatch(string? ifMatch)
    {
        if (ifMatch is "" or "*")
            throw new ArgumentException("A tag to match is one that was read, or null for any row.", nameof(ifMatch));
    }

    /// <summary>Checks keys, names, types and sizes of a row.</summary>
    public static void CheckRow(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        CheckKey(row.Partition, nameof(row));
        CheckKey(row.Key, nameof(row));
        if (row.Properties.Count > RowLimits.Properties)
        {
            throw new ArgumentException(
                $"Row '{row.Key}' has {row.Properties.Count} properties; the most is {RowLimits.Properties}.",
                nameof(row)
            );
        }

        foreach (var (name, value) in row.Properties)
        {
            CheckName(name);
            CheckValue(name, value);
        }

        if (SizeOf(row) is var size && size > RowLimits.RowBytes)
        {
            throw new ArgumentException(
                $"Row '{row.Key}' has {size} bytes; the most is {RowLimits.RowBytes}.",
                nameof(row)
            );
        }
    }

    /// <summary>A row's bytes as Azure counts them.</summary>
    public static int SizeOf(Row row)
    {
        var size = RowOverhead + (2 * (row.Partition.Length + row.Key.Length));
        foreach (var (name, value) in row.Properties)
        {
            size += PropertyOverhead + (2 * name.Length);
            size += value switch
            {
                string text => (2 * text.Length) + LengthPrefix,
                byte[] bytes => bytes.Length + LengthPrefix,
                bool => 1,
                _ => 8,
            };
        }

        return size;
    }

    /// <summary>Whether a text can be written as UTF-8 and come back the same: it holds no half of a surrogate pair.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done)
                return false;
            text = text[consumed..];
        }

        return true;
    }

    private static void CheckKeyCharacters(string key, string parameter)
    {
        if (key.Length > RowLimits.KeyLength)
        {
            throw new ArgumentException(
                $"A key of {key.Length} characters; the most is {RowLimits.KeyLength}.",
                parameter
            );
        }

        if (key.AsSpan().IndexOfAnyExcept(KeyCharacters) is var at and >= 0)
            throw new ArgumentException($"A key must not hold the character U+{(int)key[at]:X4}.", parameter);
    }

    private static void CheckName(string name)
    {
        var valid =
            name.Length is > 0 and <= LongestName
            && !char.IsAsciiDigit(name[0])
            && !name.AsSpan().ContainsAnyExcept(NameCharacters)
            && !ReservedNames.Contains(name, StringComparer.Ordinal);
        if (!valid)
            throw new ArgumentException($"'{name}' cannot name a property.", nameof(name));
    }

    private static void CheckValue(string name, object? value)
    {
        switch (value)
        {
            case bool or long:
                return;
            case double number when double.IsFinite(number):
                return;
            case byte[] bytes when bytes.Length <= RowLimits.PropertyBytes:
                return;
            case string text when 2 * text.Length <= RowLimits.PropertyBytes && IsWellFormed(text):
                return;
            case double:
                throw new ArgumentException($"Property '{name}' is not a finite number.", nameof(value));
            case byte[] bytes:
                throw TooLarge(name, bytes.Length);
            case string text when 2 * text.Length > RowLimits.PropertyBytes:
                throw TooLarge(name, 2 * text.Length);
            case string:
                throw new ArgumentException($"Property '{name}' holds half of a surrogate pair.", nameof(value));
            default:
                throw new ArgumentException(
                    $"Property '{name}' is {value?.GetType().Name ?? "null"}; it can be text, long, double, bool or bytes.",
                    nameof(value)
                );
        }
    }

    private static ArgumentException TooLarge(string name, int size) =>
        new($"Property '{name}' has {size} bytes; the most is {RowLimits.PropertyBytes}.", nameof(name));
}
