using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;

namespace TimeTagger.Storage.Tests.Contract;

/// <summary>The store in memory.</summary>
public sealed class MemoryContract : StorageContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    private protected override Task<StorageAccount> OpenAsync() =>
        Task.FromResult(new MemoryStorage(Clock).Account.WithLimits());
}

/// <summary>The store in memory, with the freedom that a real store has over its pages.</summary>
public sealed class MemoryWithShortPagesContract : StorageContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    private protected override Task<StorageAccount> OpenAsync() =>
        Task.FromResult(FaultyStorage.Around(new MemoryStorage(Clock).Account, RandomFaults.Benign(seed: 7)));
}
