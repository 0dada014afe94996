namespace TimeTagger.Storage.Journal;

/// <summary>The account was erased while something was to be written to it. Nothing was stored.</summary>
public sealed class AccountErasedException() : Exception("The account has been erased.");
