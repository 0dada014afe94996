using System.Buffers;

namespace TimeTagger.Storage.Port;

/// <summary>What every store refuses of a blob, so that a name works the same in a URL and in a listing.</summary>
public static class BlobLimits
{
    /// <summary>The most characters of a name.</summary>
    public const int NameLength = 1024;

    /// <summary>The most bytes of a blob.</summary>
    public const int ContentBytes = 256 * 1024 * 1024;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(@"\").ToArray()
    );

    /// <summary>
    /// Checks a name: printable ASCII without backslash, in segments divided by <c>/</c>, none empty and none that
    /// ends in a dot (Azure drops such dots).
    /// </summary>
    internal static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        CheckPrefix(name);
        foreach (var segment in name.AsSpan().Split('/'))
        {
            if (name.AsSpan()[segment] is [] or [.., '.'])
                throw new ArgumentException($"'{name}' has a segment that is empty or ends in a dot.", nameof(name));
        }
    }

    /// <summary>Checks the beginning of names: length and characters only.</summary>
    internal static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > NameLength)
            throw new ArgumentException($"A blob name has at most {NameLength} characters.", nameof(prefix));
        if (prefix.AsSpan().IndexOfAnyExcept(NameCharacters) is var at and >= 0)
        {
            throw new ArgumentException(
                $"A blob name must not hold the character U+{(int)prefix[at]:X4}.",
                nameof(prefix)
            );
        }
    }

    /// <summary>Checks the size of a blob.</summary>
    internal static void CheckContent(ReadOnlyMemory<byte> content)
    {
        if (content.Length > ContentBytes)
            throw new ArgumentException($"A blob has at most {ContentBytes} bytes.", nameof(content));
    }
}
