namespace TimeTagger.Storage.Journal;

/// <summary>The token that a request came with was revoked while the request was under way. Nothing was stored.</summary>
public sealed class TokenRevokedException() : Exception("The token has been revoked.");
