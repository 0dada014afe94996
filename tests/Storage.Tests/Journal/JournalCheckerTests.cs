using System.Globalization;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

public sealed class JournalCheckerTests
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly ManualClock _clock = new();
    private readonly MemoryStorage _memory;

    public JournalCheckerTests() => _memory = new MemoryStorage(_clock);

    [Fact]
    public async Task CheckAsync_SoundAccount_FindsNothingAndCounts()
    {
        await FillAsync();

        var checker = new JournalChecker(_memory.Account);

        Assert.Empty(await FindingsAsync(checker));
        Assert.Equal((1, 6, 3), checker.Seen);
    }

    [Fact]
    public async Task CheckAsync_MissingEntry_IsFound()
    {
        await FillAsync();
        await _memory.Journal.DeleteAsync(Account.Value, JournalKeys.Entry(3), null, default);

        Assert.Contains("entry 4 follows entry 2", await FindingsAsync(new JournalChecker(_memory.Account)));
    }

    [Theory]
    [InlineData("St", 1L, "st 0.0001 is not after")]
    [InlineData("Commit", 2, "is there twice")]
    [InlineData("D0", "!", "is damaged")]
    public async Task CheckAsync_ChangedEntry_IsFound(string column, object value, string problem)
    {
        await FillAsync();
        var second = await _memory.Journal.GetAsync(Account.Value, JournalKeys.Entry(2), default);
        var replacement = value switch
        {
            int => second!.Text(column)!,
            string => new byte[] { 0xff, 0xff, 0xff },
            _ => value,
        };
        var row = new Row(
            Account.Value,
            JournalKeys.Entry(4),
            new Dictionary<string, object> { [column] = replacement }
        );
        await _memory.Journal.MergeAsync(row, null, default);

        var findings = await FindingsAsync(new JournalChecker(_memory.Account));

        Assert.Contains(findings, finding => finding.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_EntryThatReplacesWhatWasNotThere_IsFound()
    {
        await FillAsync();
        var first = await _memory.Journal.GetAsync(Account.Value, JournalKeys.Entry(5), default);
        var row = new Row(
            Account.Value,
            JournalKeys.Entry(6),
            new Dictionary<string, object> { ["D0"] = first!.Bytes("D0")! }
        );
        await _memory.Journal.MergeAsync(row, null, default);

        var findings = await FindingsAsync(new JournalChecker(_memory.Account));

        Assert.Contains(findings, finding => finding.Contains("was not there", StringComparison.Ordinal));
    }

    // Six entries over three keys.
    private async Task FillAsync()
    {
        var journal = new AccountJournal(
            _memory.Account.WithLimits(),
            new MemoryBudget(1 << 24, _clock),
            _clock,
            new SeededBytes(1)
        );
        using var reading = await journal.OpenAsync(Account, "name", "k0001", default);
        for (var i = 0; i < 6; i++)
        {
            var key = (i % 3).ToString(CultureInfo.InvariantCulture);
            var item = Submission.Of(new Record(key, i, i, i, null));
            await journal.PutAsync(reading, "web", ItemKind.Record, [item, item], default);
        }
    }

    private static async Task<List<string>> FindingsAsync(JournalChecker checker) =>
        await checker.CheckAsync(default).Select(finding => finding.Problem).ToListAsync();
}
