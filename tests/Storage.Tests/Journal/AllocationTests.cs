using System.Security.Cryptography;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Tests.Embedded;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>The call that comes most often must leave little behind, however large the account is.</summary>
public sealed class AllocationTests
{
    private const int Polls = 500;
    private const long BytesPerPoll = 7_000;

    private static readonly AccountKey Account = AccountKey.Local("somebody");

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task IdlePoll_OnTheEmbeddedStore_AllocatesLittle(int records)
    {
        using var folder = new TemporaryFolder();
        await using var storage = EmbeddedStorage.Open(folder.PathOf("t.db"), TimeProvider.System);
        var journal = new AccountJournal(
            storage.Account,
            new MemoryBudget(1L << 28, TimeProvider.System),
            TimeProvider.System,
            RandomNumberGenerator.Create()
        );
        using (var reading = await journal.OpenAsync(Account, "name", "k0001", default))
        {
            var items = Enumerable.Range(0, records).Select(i => Submission.Of(new Record($"k{i}", 1, 2, 3, "x")));
            await journal.PutAsync(reading, "web", ItemKind.Record, [.. items], default);
        }

        var since = await PollAsync(journal, double.PositiveInfinity);
        await PollAsync(journal, since);

        // The embedded store answers reads at once, so everything happens on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Polls; i++)
        {
            Assert.True(PollAsync(journal, since).IsCompletedSuccessfully);
        }

        var perPoll = (GC.GetAllocatedBytesForCurrentThread() - before) / Polls;
        Assert.InRange(perPoll, 1, BytesPerPoll);
    }

    private static async Task<double> PollAsync(AccountJournal journal, double since)
    {
        using var reading = await journal.ReadAsync(Account, default);
        var updates = await journal.UpdatesAsync(reading!, since, default);
        return updates.ServerTime.Seconds;
    }
}
