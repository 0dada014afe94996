namespace TimeTagger.Domain;

/// <summary>What an account is made of: a record or a setting, each with a key of its own.</summary>
/// <param name="Key">Chosen by the client, at most 255 code points, compared ordinally.</param>
/// <param name="Mt">When the client says it modified the item: seconds since 1970 on the client's clock.</param>
public abstract record Item(string Key, long Mt);

/// <summary>The two kinds of items; their keys do not meet.</summary>
public enum ItemKind
{
    /// <summary>A stretch of time.</summary>
    Record,

    /// <summary>A named value.</summary>
    Setting,
}

/// <summary>An item as the account holds it.</summary>
/// <param name="Item">Its content.</param>
/// <param name="St">When the server stored this version; rises with every version of the account.</param>
/// <param name="Entry">The number of the journal entry that stored it.</param>
public sealed record StoredItem(Item Item, ServerTime St, long Entry);
