namespace TimeTagger.FunctionsHost.App;

/// <summary>How queues are listened to: <c>extensions.queues</c> of host.json.</summary>
/// <param name="BatchSize">How many messages are fetched at a time.</param>
/// <param name="NewBatchThreshold">At how many running messages more are fetched.</param>
/// <param name="MaxDequeueCount">How often a message is tried.</param>
/// <param name="VisibilityTimeout">How long a failed message stays unseen.</param>
/// <param name="MaxPollingInterval">The longest pause between looks at an empty queue.</param>
/// <param name="IsBase64">Whether messages are Base64 in the queue.</param>
internal sealed record QueueOptions(
    int BatchSize,
    int NewBatchThreshold,
    int MaxDequeueCount,
    TimeSpan VisibilityTimeout,
    TimeSpan MaxPollingInterval,
    bool IsBase64
);
