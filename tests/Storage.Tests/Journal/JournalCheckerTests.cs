using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

public sealed class JournalCheckerTests : IDisposable
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;
    private readonly SeededBytes _random = new(1);

    public JournalCheckerTests() => _memory = new MemoryStorage(_clock);

    public void Dispose() => _random.Dispose();

    [Fact]
    public async Task CheckAsync_SoundAccount_FindsNothingAndCounts()
    {
        await FillAsync();

        var checker = new JournalChecker(_memory.Account);

        Assert.Empty(await FindingsAsync(checker));
        Assert.Equal((1, 6, 3), checker.Seen);
        Assert.Equal(0, checker.Orphans);
    }

    [Fact]
    public async Task CheckAsync_BlobsOfLargeCommits_AreCountedWhereNoEntryNamesThem()
    {
        await FillAsync();
        await PutAsync(Enumerable.Range(0, 40).Select(Large));
        var named = await _memory.Commits.ListAsync("commits/", default).Select(blob => blob.Name).SingleAsync();
        await _memory.Commits.PutAsync($"{named}0", new byte[1], default);
        await _memory.Commits.PutAsync("commits/l.bm9ib2R5/x-1", new byte[1], default);

        var checker = new JournalChecker(_memory.Account);

        Assert.Empty(await FindingsAsync(checker));
        Assert.Equal(2, checker.Orphans);
    }

    [Fact]
    public async Task CheckAsync_MissingBlob_IsFound()
    {
        await PutAsync(Enumerable.Range(0, 40).Select(Large));
        var named = await _memory.Commits.ListAsync("commits/", default).Select(blob => blob.Name).SingleAsync();
        await _memory.Commits.DeleteAsync(named, default);

        var findings = await FindingsAsync(new JournalChecker(_memory.Account));

        Assert.EndsWith(
            $"names the blob {named.Split('/')[^1]}, which is not there.",
            findings[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task CheckAsync_MissingHead_IsFoundWhereThereAreEntries()
    {
        await FillAsync();
        await _memory.Journal.DeleteAsync(Account.Value, JournalKeys.Head, null, default);
        Assert.Equal(
            ["its head is missing, and 6 entries are there"],
            await FindingsAsync(new JournalChecker(_memory.Account))
        );

        for (var i = 1; i <= 6; i++)
        {
            await _memory.Journal.DeleteAsync(Account.Value, JournalKeys.Entry(i), null, default);
        }

        Assert.Empty(await FindingsAsync(new JournalChecker(_memory.Account)));
    }

    [Theory]
    [InlineData("Format", 9L, "is stored in format 9")]
    [InlineData("First", "one", "Unable to cast")]
    public async Task CheckAsync_ChangedHead_IsFound(string column, object value, string problem)
    {
        await FillAsync();
        await ChangeAsync(JournalKeys.Head, column, value);

        var finding = Assert.Single(await FindingsAsync(new JournalChecker(_memory.Account)));

        Assert.Contains(problem, finding, StringComparison.Ordinal);
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
    [InlineData("St", 0.5, "Unable to cast")]
    [InlineData("Format", 9L, "is stored in format 9")]
    [InlineData("Kind", 1L, "its kind is 1 and it stores 2 items")]
    [InlineData("Kind", 7L, "its kind is 7")]
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
        await ChangeAsync(JournalKeys.Entry(4), column, replacement);

        var findings = await FindingsAsync(new JournalChecker(_memory.Account));

        Assert.Contains(findings, finding => finding.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_EntryThatReplacesWhatWasNotThere_IsFound()
    {
        await FillAsync();
        var first = await _memory.Journal.GetAsync(Account.Value, JournalKeys.Entry(5), default);
        await ChangeAsync(JournalKeys.Entry(6), "D0", first!.Bytes("D0")!);

        var findings = await FindingsAsync(new JournalChecker(_memory.Account));

        Assert.Contains(findings, finding => finding.Contains("was not there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_EntryWithoutItsItems_IsFound()
    {
        await FillAsync();
        var last = await _memory.Journal.GetAsync(Account.Value, JournalKeys.Entry(6), default);
        var rest = last!.Properties.Where(property => property.Key != "D0").ToDictionary();
        await _memory.Journal.DeleteAsync(Account.Value, JournalKeys.Entry(6), null, default);
        await _memory.Journal.InsertAsync(new Row(Account.Value, JournalKeys.Entry(6), rest), default);

        Assert.Equal(
            ["entry 6: its kind is 0 and it stores 0 items"],
            await FindingsAsync(new JournalChecker(_memory.Account))
        );
    }

    [Fact]
    public async Task CheckAsync_OlderVersionBeforeANewerOne_IsFound()
    {
        await FillAsync();
        var sixth = await _memory.Journal.GetAsync(Account.Value, JournalKeys.Entry(6), default);
        var items = Unpack(sixth!.Bytes("D0")!).Replace("\"mt\":5", "\"mt\":1", StringComparison.Ordinal);
        await ChangeAsync(JournalKeys.Entry(6), "D0", Pack(items));

        Assert.Contains(
            "entry 6: an older version stands before a newer one",
            await FindingsAsync(new JournalChecker(_memory.Account))
        );
    }

    private static string Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli);
        return reader.ReadToEnd();
    }

    private static byte[] Pack(string json)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            brotli.Write(Encoding.UTF8.GetBytes(json));
        }

        return packed.ToArray();
    }

    private Task<bool> ChangeAsync(string key, string column, object value)
    {
        var columns = new Dictionary<string, object> { [column] = value };
        return _memory.Journal.MergeAsync(new Row(Account.Value, key, columns), null, default);
    }

    // Forty of them do not fit into a row, however compressed.
    private static Record Large(int number)
    {
        var noise = new byte[30_000];
        new Random(number).NextBytes(noise);
        return new Record($"large{number}", 1, 1, 1, Convert.ToBase64String(noise));
    }

    // Six entries over three keys.
    private async Task FillAsync()
    {
        for (var i = 0; i < 6; i++)
        {
            var record = new Record((i % 3).ToString(CultureInfo.InvariantCulture), i, i, i, null);
            await PutAsync([record, record]);
        }
    }

    private async Task PutAsync(IEnumerable<Record> records)
    {
        var journal = new AccountJournal(
            _memory.Account.WithLimits(),
            new MemoryBudget(1 << 24, _clock),
            _clock,
            _random
        );
        using var reading = await journal.OpenAsync(Account, "name", "k0001", default);
        await journal.PutAsync(reading, "web", ItemKind.Record, [.. records.Select(Submission.Of)], default);
    }

    private static async Task<List<string>> FindingsAsync(JournalChecker checker) =>
        await checker.CheckAsync(default).Select(finding => finding.Problem).ToListAsync();
}
