namespace TimeTagger.Domain.Settings;

/// <summary>A named value of a client's: a colour, a preference, a target.</summary>
/// <param name="Key">The setting's name.</param>
/// <param name="Mt">When the client modified it: seconds since 1970.</param>
/// <param name="Value">Its value as compact JSON, with numbers exactly as the client wrote them.</param>
public sealed record Setting(string Key, long Mt, string Value) : Item(Key, Mt);
