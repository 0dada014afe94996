namespace TimeTagger.Api.Triggers;

/// <summary>What a function does that nobody calls: a queue's message or a clock sets it off.</summary>
internal interface ITriggered
{
    /// <summary>The function's name: its folder in <c>functions/bindings</c>.</summary>
    string Function { get; }
}

/// <summary>Set off by a message of a queue, at least once: a message may come again, or twice at the same time.</summary>
internal interface IQueueTriggered : ITriggered
{
    /// <summary>Does what a message asks. A failure lets it come again; after the fifth it goes to the poison queue.</summary>
    /// <param name="message">The message's text.</param>
    /// <param name="cancellation">The host is gone, or the call took too long.</param>
    Task RunAsync(string message, CancellationToken cancellation);
}

/// <summary>Set off by the clock. Never twice at a time; what was missed while nothing ran is done once.</summary>
internal interface ITimerTriggered : ITriggered
{
    /// <summary>Does what is due. After a failure the next time is the next try.</summary>
    /// <param name="cancellation">The host is gone, or the call took too long.</param>
    Task RunAsync(CancellationToken cancellation);
}
