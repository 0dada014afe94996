using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Journal;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Maintenance;

/// <summary>One instance of the product over a store: its journals and their maintenance.</summary>
internal sealed class Household
{
    internal static readonly AccountKey Account = AccountKey.Local("somebody");

    internal static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    internal Household(StorageAccount storage, TimeProvider clock, int seed, long memory = 1L << 30)
    {
        var random = new SeededBytes(seed);
        Journal = new AccountJournal(storage, new MemoryBudget(memory, clock), clock, random);
        Maintenance = new AccountMaintenance(storage, Journal, new MaintenanceOptions(Retention), random);
        Erasure = new Erasure(storage, Journal, clock);
        Sweep = new Sweep(storage, Maintenance, Erasure, clock);
    }

    internal AccountJournal Journal { get; }

    internal AccountMaintenance Maintenance { get; }

    internal Erasure Erasure { get; }

    internal Sweep Sweep { get; }

    internal Task SweepAsync() => Sweep.RunAsync((_, e) => throw e, default);

    internal async Task OpenAsync()
    {
        using var opened = await Journal.OpenAsync(Account, "Somebody", "k0001", default);
    }

    internal async Task EraseAsync()
    {
        using var reading = await Journal.ReadAsync(Account, default);
        await Erasure.EraseAsync(reading!, default);
    }

    internal async Task PutAsync(params IReadOnlyList<Record> records)
    {
        using var reading = await Journal.ReadAsync(Account, default);
        var submissions = records.Select(Submission.Of).ToList();
        await Journal.PutAsync(reading!, "web", ItemKind.Record, submissions, default);
    }

    /// <summary>Stores so many commits, of keys that come again.</summary>
    internal async Task FillAsync(int commits, int first = 0)
    {
        for (var i = first; i < first + commits; i++)
        {
            await PutAsync(new Record($"k{i % 50}", i, i, i + 10, $"version {i}"));
        }
    }

    /// <summary>Everything a client sees that syncs from the beginning, and its cursor.</summary>
    internal async Task<string> SyncAsync()
    {
        using var reading = await Journal.ReadAsync(Account, default);
        var updates = await Journal.UpdatesAsync(reading!, 0, default);
        var records = updates.Records.ToList().OrderBy(stored => stored.Item.Key, StringComparer.Ordinal);
        return $"{updates.ServerTime}: {string.Join('\n', records)}";
    }

    internal async Task<IReadOnlyList<string>> KeysAsync()
    {
        using var reading = await Journal.ReadAsync(Account, default);
        var keys = await Journal.ReadViewAsync(reading!, view => view.All(ItemKind.Record).ToList(), default);
        return [.. keys.Select(stored => stored.Item.Key)];
    }

    internal async Task<AccountHead?> HeadAsync()
    {
        using var reading = await Journal.ReadAsync(Account, default);
        return reading?.Head;
    }
}
