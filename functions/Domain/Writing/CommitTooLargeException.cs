namespace TimeTagger.Domain.Writing;

/// <summary>What a request stores, with what it replaces, is more than one entry may hold. Nothing was stored.</summary>
public sealed class CommitTooLargeException() : Exception("The change is too large for one entry.");
