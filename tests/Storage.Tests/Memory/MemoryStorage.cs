using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Memory;

/// <summary>A store in memory: the port's contract in its plainest form, without limits and without faults.</summary>
internal sealed class MemoryStorage(TimeProvider clock)
{
    public MemoryTable Journal { get; } = new(clock);

    public MemoryTable System { get; } = new(clock);

    public MemoryBlobs Commits { get; } = new(clock);

    public MemoryBlobs Snapshots { get; } = new(clock);

    public MemoryQueue Maintenance { get; } = new(clock);

    public MemoryQueue Webhooks { get; } = new(clock);

    /// <summary>The bare store; <see cref="StorageAccount.WithLimits"/> goes around whatever a test puts around it.</summary>
    public StorageAccount Account => new(Journal, System, Commits, Snapshots, Maintenance, Webhooks);
}
