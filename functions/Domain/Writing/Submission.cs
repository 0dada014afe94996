namespace TimeTagger.Domain.Writing;

/// <summary>One element of the list that a client sends, checked.</summary>
/// <param name="Key">Its key; null when it has none that could be named in the answer.</param>
/// <param name="Item">The item; null when it is refused.</param>
/// <param name="Error">Why it is refused; null when it is not.</param>
public readonly record struct Submission(string? Key, Item? Item, string? Error)
{
    /// <summary>A good one.</summary>
    public static Submission Of(Item item) => new(item.Key, item, null);

    /// <summary>One that is refused.</summary>
    public static Submission Refused(string? key, string error) => new(key, null, error);
}
