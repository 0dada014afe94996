namespace TimeTagger.Domain.Journal;

/// <summary>What one commit did to one item.</summary>
/// <param name="Now">The content in force after it.</param>
/// <param name="Was">What it replaced; null when the key was new.</param>
/// <param name="Lost">
/// What was submitted and lost against a version modified later (by <c>mt</c>): it never enters the view, but
/// it is kept here, so that history can show it and nothing a person wrote is gone.
/// </param>
public sealed record Change(Item Now, StoredItem? Was, Item? Lost)
{
    /// <summary>Whether the content stayed as it was and only its <c>st</c> rose, so that clients receive it again.</summary>
    public bool IsRestamp => Was is not null && ReferenceEquals(Now, Was.Item);
}
