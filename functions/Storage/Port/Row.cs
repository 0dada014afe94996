namespace TimeTagger.Storage.Port;

/// <summary>A row of a table.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="Key">The row key, unique in its partition.</param>
/// <param name="Properties">
/// Named values, each a <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or
/// <see cref="byte"/> array; absent is how null is said. At most <see cref="RowLimits.Properties"/> of them.
/// </param>
/// <param name="ETag">The version of the row as the store knows it; null on a row that was not read from a store.</param>
public sealed record Row(
    string Partition,
    string Key,
    IReadOnlyDictionary<string, object> Properties,
    string? ETag = null
)
{
    /// <summary>The text in <paramref name="name"/>, or null when it is absent.</summary>
    public string? Text(string name) => Properties.TryGetValue(name, out var value) ? (string)value : null;

    /// <summary>The integer in <paramref name="name"/>, or null when it is absent.</summary>
    public long? Integer(string name) => Properties.TryGetValue(name, out var value) ? (long)value : null;

    /// <summary>The bytes in <paramref name="name"/>, or null when they are absent.</summary>
    public byte[]? Bytes(string name) => Properties.TryGetValue(name, out var value) ? (byte[])value : null;
}
