using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

public sealed class AccountJournalTests
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;
    private readonly AccountJournal _journal;

    public AccountJournalTests()
    {
        _memory = new MemoryStorage(_clock);
        _journal = NewInstance(1);
    }

    [Fact]
    public async Task ReadAsync_NoAccount_IsNull() => Assert.Null(await _journal.ReadAsync(Account, default));

    [Fact]
    public async Task OpenAsync_ByTwoInstancesAtOnce_MakesOneAccount()
    {
        var other = NewInstance(2);

        var readings = await Task.WhenAll(
            _journal.OpenAsync(Account, "a", "k0001", default),
            other.OpenAsync(Account, "b", "k0001", default)
        );

        Assert.Equal(readings[0].Head, readings[1].Head);
        Assert.NotNull(await _memory.System.GetAsync("accounts", Account.Value, default));
    }

    [Fact]
    public async Task UpdatesAsync_FreshAccount_BeginsAfterItsCreation()
    {
        var reading = await OpenAsync();

        var updates = await _journal.UpdatesAsync(reading, 0, default);

        Assert.Equal(reading.Head.Created.Next, updates.ServerTime);
        Assert.False(updates.Reset);
        Assert.True((await _journal.UpdatesAsync(reading, -1, default)).Reset);
    }

    [Fact]
    public async Task PutAsync_NothingToStore_WritesNoEntry()
    {
        await OpenAsync();

        var put = await PutAsync(_journal, Submission.Refused("unknown", "bad"));

        Assert.Equal(["unknown"], put.Failed);
        Assert.Null(await _memory.Journal.GetAsync(Account.Value, "z999999999998", default));
    }

    [Fact]
    public async Task PutAsync_AnotherFillsTheAccountMeanwhile_KeepsToTheQuotaAllTheSame()
    {
        await OpenAsync();
        var limited = new AccountJournal(
            _memory.Account.WithLimits(),
            Budget(),
            TimeProvider.System, // It pauses before it tries again.
            new SeededBytes(3),
            new Quota(1, long.MaxValue)
        );
        using var stale = await limited.ReadAsync(Account, default);
        await PutAsync(_journal, Item("a", 1, "x"));

        var put = await limited.PutAsync(stale!, "web", ItemKind.Record, [Item("b", 1, "x")], default);

        Assert.Equal(["b"], put.Failed);
        Assert.Equal([Item("a", 1, "x").Item!], await RecordsAsync(_journal));
    }

    [Fact]
    public async Task PutAsync_MoreThanARowHolds_LiesInABlobAndIsReadByAnother()
    {
        await OpenAsync();
        var random = new Random(1);
        var submissions = Enumerable
            .Range(0, 12_000)
            .Select(i => Item(Text(i), mt: 1, Convert.ToBase64String(Bytes(random, 90))))
            .ToArray();

        await PutAsync(_journal, submissions);

        var row = await _memory.Journal.GetAsync(Account.Value, "z999999999998", default);
        Assert.NotNull(row!.Text("Blob"));
        Assert.StartsWith($"commits/{Account.Value}/", row.Text("Blob"), StringComparison.Ordinal);
        Assert.Equal(submissions.Select(submission => submission.Item), await RecordsAsync(NewInstance(2)));
    }

    [Fact]
    public async Task PutAsync_SeveralPartsOfARow_AreReadByAnother()
    {
        await OpenAsync();
        var random = new Random(1);
        var submissions = Enumerable
            .Range(0, 3000)
            .Select(i => Item(Text(i), mt: 1, Convert.ToBase64String(Bytes(random, 90))))
            .ToArray();

        await PutAsync(_journal, submissions);

        var row = await _memory.Journal.GetAsync(Account.Value, "z999999999998", default);
        Assert.Null(row!.Text("Blob"));
        Assert.NotNull(row.Bytes("D2"));
        Assert.Equal(submissions.Select(submission => submission.Item), await RecordsAsync(NewInstance(2)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(700)]
    public async Task UpdatesAsync_FromEveryEarlierCursor_IsTheSameOnAWarmAndAColdInstance(int entries)
    {
        var reading = await OpenAsync();
        var cursors = new List<double> { -1, 0, reading.Head.Created.Seconds, double.PositiveInfinity };
        for (var i = 0; i < entries; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(i % 3));
            await PutAsync(_journal, Item(Text(i % 50), mt: i, Text(i)));
            cursors.Add((await UpdatesAsync(_journal, double.PositiveInfinity)).ServerTime.Seconds);
        }

        foreach (var cursor in cursors.Where((_, index) => index % 41 == 0 || index < 8 || index > entries - 4))
        {
            var warm = await UpdatesAsync(_journal, cursor);
            var cold = await UpdatesAsync(NewInstance(2), cursor);
            Assert.Equal(warm.ServerTime, cold.ServerTime);
            Assert.Equal(warm.Reset, cold.Reset);
            Assert.Equal(warm.Records.ToList(), cold.Records.ToList());
            Assert.True(!warm.Reset || warm.Records.Count == Math.Min(50, entries));
        }
    }

    [Theory]
    [InlineData("head")]
    [InlineData("z999999999998")]
    public async Task ReadAsync_NewerFormat_IsRefusedBeforeAnythingIsWritten(string key)
    {
        await OpenAsync();
        await PutAsync(_journal, Item("a", 1, "x"));
        var newer = new Row(Account.Value, key, new Dictionary<string, object> { ["Format"] = 2L });
        await _memory.Journal.MergeAsync(newer, null, default);

        await Assert.ThrowsAsync<NewerFormatException>(() => NewInstance(2).ReadAsync(Account, default));
    }

    [Fact]
    public async Task ReadAsync_ClockFarBehindTheStorages_UsesTheStorages()
    {
        var slow = new AccountJournal(
            _memory.Account.WithLimits(),
            Budget(),
            new SkewedClock(_clock, TimeSpan.FromDays(-3)),
            new SeededBytes(9)
        );
        await slow.OpenAsync(Account, "a", "k0001", default);

        await PutAsync(slow, Item("a", 1, "x"));

        var row = await _memory.Journal.GetAsync(Account.Value, "z999999999998", default);
        Assert.Equal(ServerTime.From(_clock.GetUtcNow()).Steps, row!.Integer("At"));
    }

    [Theory]
    [InlineData("a", "A")]
    [InlineData("a/b", "a:b")]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("\ud800", null)]
    public void Local_DifferentNames_AreDifferentAccounts(string name, string? other)
    {
        if (other is null)
        {
            Assert.Throws<FormatException>(() => AccountKey.Local(name));
        }
        else
        {
            Assert.NotEqual(AccountKey.Local(name), AccountKey.Local(other));
        }
    }

    [Fact]
    public void Local_TheSameNameWithBlanksAround_IsOneAccount() =>
        Assert.Equal(AccountKey.Local("é b"), AccountKey.Local(" é b\t"));

    private static Submission Item(string key, long mt, string description) =>
        Submission.Of(new Record(key, mt, 1, 2, description));

    private static string Text(int number) => number.ToString("D5", CultureInfo.InvariantCulture);

    private MemoryBudget Budget() => new(256 * 1024 * 1024, _clock);

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private AccountJournal NewInstance(int seed) =>
        new(FaultyStorage.Around(_memory.Account, RandomFaults.Benign(seed)), Budget(), _clock, new SeededBytes(seed));

    private Task<AccountReading> OpenAsync() => _journal.OpenAsync(Account, "somebody", "k0001", default);

    private static async Task<Put> PutAsync(AccountJournal journal, params Submission[] submissions) =>
        await journal.PutAsync(
            (await journal.ReadAsync(Account, default))!,
            "web",
            ItemKind.Record,
            submissions,
            default
        );

    private static async Task<Domain.Journal.Updates> UpdatesAsync(AccountJournal journal, double since) =>
        await journal.UpdatesAsync((await journal.ReadAsync(Account, default))!, since, default);

    private static async Task<List<Item>> RecordsAsync(AccountJournal journal) =>
        await journal.ReadViewAsync(
            (await journal.ReadAsync(Account, default))!,
            view =>
                view.All(ItemKind.Record)
                    .ToList()
                    .Select(stored => stored.Item)
                    .OrderBy(item => item.Key, StringComparer.Ordinal)
                    .ToList(),
            default
        );
}
