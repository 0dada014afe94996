using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>One process of the product: every storage call that it makes waits at its gates.</summary>
internal sealed class ModelInstance
{
    /// <summary>Short, so that a model of some days trims.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromMinutes(30);

    // Small, so that every run has snapshots and blobs.
    private static readonly Thresholds Small = new(FewEntries: 6, ManyEntries: 25, RowBytes: 400);

    /// <summary>Starts a process.</summary>
    /// <param name="store">The store.</param>
    /// <param name="gates">What every call waits at.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="budget">What it may remember.</param>
    /// <param name="seed">Where its chances come from.</param>
    internal ModelInstance(StorageAccount store, Gates gates, TimeProvider clock, MemoryBudget budget, int seed)
    {
        var random = new SeededBytes(seed);
        var faulty = FaultyStorage.Around(store, gates);
        Gates = gates;
        Journal = new AccountJournal(faulty, budget, clock, random, Quota.None, Small);
        Maintenance = new AccountMaintenance(faulty, Journal, new MaintenanceOptions(Retention), random);
        Erasure = new Erasure(faulty, Journal, clock);
        Sweep = new Sweep(faulty, Maintenance, Erasure, clock);
    }

    internal Gates Gates { get; }

    internal AccountJournal Journal { get; }

    internal AccountMaintenance Maintenance { get; }

    internal Erasure Erasure { get; }

    internal Sweep Sweep { get; }

    internal bool IsBusy => Gates.Held.Count > 0;
}
