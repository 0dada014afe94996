namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>How the client goes on once all bytes are sent.</summary>
internal enum Ending
{
    /// <summary>The request is whole: reads as many answers as there are requests, and keeps the connection.</summary>
    Answered,

    /// <summary>Nobody knows where it ends: reads what comes, and ends sending when nothing does.</summary>
    Open,

    /// <summary>Ends sending at once, too early.</summary>
    Cut,

    /// <summary>Resets the connection at once.</summary>
    Reset,

    /// <summary>Goes silent and leaves the connection open: the server has to end it.</summary>
    Silent,
}

/// <summary>What may be demanded of the answer, beyond what every answer has to be.</summary>
internal enum Demand
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>200: there is nothing wrong with the request.</summary>
    Success,

    /// <summary>Anything but 200: it would be a hole.</summary>
    Refusal,
}

/// <summary>Bytes to send, and what is known about them.</summary>
/// <param name="Kind">What was done to it.</param>
/// <param name="Text">The bytes, as <see cref="Wire"/> has them.</param>
/// <param name="Account">Whose token is in it.</param>
internal sealed record FuzzRequest(string Kind, string Text, FuzzAccount Account)
{
    internal Ending Ending { get; init; }

    internal Demand Demand { get; init; }

    /// <summary>How many requests are in it, where that is certain.</summary>
    internal int Requests { get; init; } = 1;

    /// <summary>Whether it may be so far from HTTP that the server refuses it without a text, before we see it.</summary>
    internal bool MayBeNoHttp { get; init; }

    internal bool IsHead => Text.StartsWith("HEAD ", StringComparison.Ordinal);
}
