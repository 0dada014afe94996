using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>What a process knows of the entries after the latest snapshot, whoever took it.</summary>
public sealed class TailTests
{
    private const int Commits = 50;

    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;

    public TailTests() => _memory = new MemoryStorage(_clock);

    [Fact]
    public async Task TailOf_SnapshotOfAnotherInstance_CountsTheEntriesAfterItOnTheWriterAndOnACold()
    {
        var writer = NewInstance();
        using var opened = await writer.OpenAsync(Account, "Somebody", "k0001", default);
        for (var i = 1; i <= Commits; i++)
        {
            await PutAsync(writer, i);
        }

        var cold = NewInstance();
        using var reading = await cold.ReadAsync(Account, default);
        await cold.ReadViewAsync(reading!, view => view.Count, default);
        await PutAsync(writer, Commits + 1);
        using var later = await cold.ReadAsync(Account, default);

        foreach (var snapshot in new[] { 0, 20, Commits - 1, Commits + 1 })
        {
            var expected = await TailAfterAsync(snapshot);
            Assert.Equal(expected, opened.State.TailOf(Mark(snapshot)));
            Assert.Equal(expected, later!.State.TailOf(Mark(snapshot)));
        }
    }

    [Fact]
    public async Task TailOf_SnapshotNewerThanWhatIsKnown_CountsWhatComesAfterIt()
    {
        var writer = NewInstance();
        using var opened = await writer.OpenAsync(Account, "Somebody", "k0001", default);
        await PutAsync(writer, 1);
        Assert.Equal(default, opened.State.TailOf(Mark(2)));

        await PutAsync(writer, 2);
        await PutAsync(writer, 3);

        Assert.Equal(await TailAfterAsync(2), opened.State.TailOf(Mark(2)));
    }

    // From what is stored.
    private async Task<Tail> TailAfterAsync(long snapshot)
    {
        var rows = _memory.Journal.RowsAsync(Account.Value, JournalKeys.HeadAndAfter(snapshot), default);
        return await rows.Where(row => row.Key != JournalKeys.Head)
            .AggregateAsync(default(Tail), (tail, row) => tail + Tail.Of(row));
    }

    private static SnapshotMark? Mark(long number) =>
        number == 0 ? null : new SnapshotMark(number, default, "blob", 1, 1);

    private static async Task PutAsync(AccountJournal journal, int number)
    {
        using var reading = await journal.ReadAsync(Account, default);
        var record = new Record($"k{number}", number, 1, 2, new string('x', number));
        await journal.PutAsync(reading!, "web", ItemKind.Record, [Submission.Of(record)], default);
    }

    private AccountJournal NewInstance() =>
        new(_memory.Account.WithLimits(), new MemoryBudget(1L << 28, _clock), _clock, new SeededBytes(1));
}
