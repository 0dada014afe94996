using System.Security.Cryptography;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>
/// What an operation may ask of the storage. A store joins by deriving a class that opens it and notes its requests.
/// </summary>
public abstract class RequestBudget
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    /// <summary>
    /// A read of the journal, an insert into it, a blob, a message and reading a snapshot, as this store's requests
    /// are noted.
    /// </summary>
    private protected abstract (string Read, string Insert, string Blob, string Message, string Snapshot) Words { get; }

    /// <summary>Listing the blobs of commits, and the snapshots.</summary>
    private protected abstract (string Commits, string Snapshots) Lists { get; }

    private protected abstract StorageAccount Storage { get; }

    /// <summary>The requests since the last time.</summary>
    private protected abstract string[] Take();

    [Fact]
    public async Task Open_Storage_AsksNothing()
    {
        _ = NewInstance();

        Assert.Empty(Take());
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Poll_UpToDate_IsOneReadOnAWarmInstance()
    {
        var journal = await NewAccountAsync();

        Assert.Empty(await PollAsync(journal));

        Assert.Equal([Words.Read], Take());
    }

    [Fact]
    public async Task Poll_UpToDate_IsOneReadOnAColdInstance()
    {
        await NewAccountAsync();

        Assert.Empty(await PollAsync(NewInstance()));

        Assert.Equal([Words.Read], Take());
    }

    [Fact]
    public async Task View_WarmInstance_IsOneRead()
    {
        var journal = await NewAccountAsync();

        using var reading = await journal.ReadAsync(Account, default);
        Assert.Equal(3, await journal.ReadViewAsync(reading!, view => view.Count, default));

        Assert.Equal([Words.Read], Take());
    }

    [Fact]
    public async Task Put_OneRecord_IsOneReadAndOneInsert()
    {
        var journal = await NewAccountAsync();

        await PutAsync(journal, "k", "described");

        Assert.Equal([Words.Read, Words.Insert], Take());
    }

    [Fact]
    public async Task Put_MoreThanARowHolds_IsOneBlobAndOneMessageMore()
    {
        var journal = await NewAccountAsync();

        await PutAsync(journal, [.. Enumerable.Range(0, 7000).Select(number => RecordOf($"k{number}", Noise(number)))]);

        Assert.Equal([Words.Read, Words.Blob, Words.Insert, Words.Message], Take());
    }

    [Fact]
    public async Task Put_WhereASnapshotIsDue_IsOneMessageMoreEveryThirtyTwoCommits()
    {
        var journal = await NewAccountAsync();
        for (var number = 4; number < 160; number++)
        {
            await PutAsync(journal, "k", $"{number}");
        }

        Assert.DoesNotContain(Words.Message, Take());
        await PutAsync(journal, "k", "160");
        Assert.Equal([Words.Read, Words.Insert, Words.Message], Take());
        await PutAsync(journal, "k", "161");
        Assert.Equal([Words.Read, Words.Insert], Take());
    }

    [Fact]
    public async Task ColdInstance_AfterASnapshot_ReadsThePartitionOnceAndTheSnapshot()
    {
        var journal = await NewAccountAsync();
        for (var number = 0; number < 140; number++)
        {
            await PutAsync(journal, $"k{number}", "described");
        }

        var maintenance = Maintenance(journal, TimeSpan.FromDays(400));
        await maintenance.TakeSnapshotAsync(Account, default);
        await PutAsync(journal, "k", "after it");
        Take();

        var cold = NewInstance();
        using var reading = await cold.ReadAsync(Account, default);
        Assert.Equal(144, await cold.ReadViewAsync(reading!, view => view.Count, default));
        Assert.Equal([Words.Read, Words.Snapshot], Take());

        Assert.Empty(await PollAsync(NewInstance()));
        Assert.Equal([Words.Read], Take());

        var writer = NewInstance();
        await PutAsync(writer, "k", "once more");
        Assert.Equal([Words.Read, Words.Snapshot, Words.Insert], Take());
    }

    [Fact]
    public async Task Maintain_AccountWithNothingToDo_IsOneReadAndTwoListings()
    {
        await NewAccountAsync();
        var budget = new MemoryBudget(1L << 28, TimeProvider.System);

        await Maintenance(NewInstance(budget), TimeSpan.FromDays(400)).MaintainAsync(Account, default);

        Assert.Equal([Words.Read, Lists.Commits, Lists.Snapshots], Take());
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public async Task Maintain_OldAccountWithNothingToDo_LooksBesidesForWhatIsBelowTheFirst()
    {
        var journal = await NewAccountAsync();
        await Maintenance(journal, TimeSpan.Zero).MaintainAsync(Account, default);
        Assert.Contains(Words.Snapshot.Replace("GET", "PUT").Replace("Get", "Put"), Take());
        var budget = new MemoryBudget(1L << 28, TimeProvider.System);

        await Maintenance(NewInstance(budget), TimeSpan.Zero).MaintainAsync(Account, default);

        Assert.Equal([Words.Read, Lists.Commits, Words.Read, Lists.Snapshots], Take());
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public async Task TakeSnapshot_WhereNoneIsDue_IsOneReadAndOneListing()
    {
        await NewAccountAsync();
        var budget = new MemoryBudget(1L << 28, TimeProvider.System);

        await Maintenance(NewInstance(budget), TimeSpan.FromDays(400)).TakeSnapshotAsync(Account, default);

        Assert.Equal([Words.Read, Lists.Commits], Take());
        Assert.Equal(0, budget.Used);
    }

    private AccountMaintenance Maintenance(AccountJournal journal, TimeSpan retention) =>
        new(Storage, journal, new MaintenanceOptions(retention), RandomNumberGenerator.Create());

    private AccountJournal NewInstance() => NewInstance(new MemoryBudget(1L << 28, TimeProvider.System));

    private AccountJournal NewInstance(MemoryBudget budget) =>
        new(Storage, budget, TimeProvider.System, RandomNumberGenerator.Create());

    private async Task<AccountJournal> NewAccountAsync()
    {
        var journal = NewInstance();
        using var opened = await journal.OpenAsync(Account, "Somebody", "k0001", default);
        foreach (var key in new[] { "a", "b", "c" })
        {
            await PutAsync(journal, key, "described");
        }

        // So that containers and queue are there.
        Assert.Empty(await Storage.Commits.ListAsync("", default).ToListAsync());
        Assert.Empty(await Storage.Snapshots.ListAsync("", default).ToListAsync());
        Assert.Null(await Storage.Maintenance.ReceiveAsync(TimeSpan.FromSeconds(1), default));
        Take();
        return journal;
    }

    private static async Task<IReadOnlyList<StoredItem>> PollAsync(AccountJournal journal)
    {
        using var reading = await journal.ReadAsync(Account, default);
        var first = await journal.UpdatesAsync(reading!, double.MaxValue, default);
        return (await journal.UpdatesAsync(reading!, first.ServerTime.Seconds, default)).Records.ToList();
    }

    private static Task PutAsync(AccountJournal journal, string key, string description) =>
        PutAsync(journal, RecordOf(key, description));

    private static async Task PutAsync(AccountJournal journal, params Record[] records)
    {
        using var reading = await journal.ReadAsync(Account, default);
        var submissions = records.Select(Submission.Of).ToList();
        await journal.PutAsync(reading!, "web", ItemKind.Record, submissions, default);
    }

    private static Record RecordOf(string key, string description) => new(key, 1, 100, 200, description);

    private static string Noise(int seed)
    {
        var bytes = new byte[160];
        new Random(seed).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }
}
