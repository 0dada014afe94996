namespace TimeTagger.Api.Triggers;

/// <summary>Set off by a message of a queue, at least once: a message may come again, or twice at the same time.</summary>
internal interface IQueueTriggered
{
    /// <summary>The function's name.</summary>
    string Function { get; }

    /// <summary>Does what a message asks. A failure lets it come again; after the fifth it goes to the poison queue.</summary>
    /// <param name="message">The message's text.</param>
    /// <param name="cancellation">The host is gone, or the call took too long.</param>
    Task RunAsync(string message, CancellationToken cancellation);
}
