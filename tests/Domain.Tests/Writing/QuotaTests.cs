using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;
using TimeTagger.Domain.Writing;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Domain.Tests.Writing;

/// <summary>A full account takes nothing new; what it has can be replaced, shortened and hidden for ever.</summary>
public sealed class QuotaTests
{
    private const string TooMany =
        "The account is full: it may hold 2 records and settings. Those that it has can still be changed; for more room ask whoever runs this server.";

    private const string TooMuch =
        "The account is full: its records and settings may take 1 MiB. Make this one shorter, or ask whoever runs this server for more room.";

    private static readonly Quota TwoItems = new(2, long.MaxValue);

    private readonly AccountView _view = new(new ServerTime(10_000_000));
    private int _entries;

    [Fact]
    public void Items_NewOneOverTheQuota_FailsAndTheRestIsMerged()
    {
        var put = Store(TwoItems, Item("a"), Item("b"), Item("c"), Item("a", "again"));

        Assert.Equal(["a", "b", "a"], put.Accepted);
        Assert.Equal(["c"], put.Failed);
        Assert.Equal([TooMany], put.Errors);
        Assert.Equal(("again", null), (Description("a"), _view.Find(ItemKind.Record, "c")));
    }

    [Fact]
    public void Items_RecordsAndSettings_CountTogether()
    {
        Store(TwoItems, Item("a"));
        var setting = Submission.Of(new Setting("a", 1, "1"));

        Assert.Empty(StoreAs(ItemKind.Setting, TwoItems, setting).Failed);
        Assert.Equal(["b"], StoreAs(ItemKind.Setting, TwoItems, Submission.Of(new Setting("b", 1, "1"))).Failed);
        Assert.Equal(["b"], Store(TwoItems, Item("b")).Failed);
        Assert.Equal(2, _view.Count);
    }

    [Fact]
    public void Items_MoreThanASmallerQuotaAllows_CanStillBeReplacedAndSentAgain()
    {
        Store(Quota.None, Item("a"), Item("b"), Item("c"));

        var put = Store(TwoItems, Item("c", "much longer than before"), Item("d"), Submission.Refused("a", "bad"));

        Assert.Equal(["c"], put.Accepted);
        Assert.Equal(["d", "a"], put.Failed);
        Assert.Equal([TooMany, "bad"], put.Errors);
        Assert.Equal("much longer than before", Description("c"));
        Assert.Equal(_view.LastSt, _view.Find(ItemKind.Record, "a")!.St);
    }

    [Fact]
    public void Bytes_ExactlyTheQuota_FitAndOneCharacterMoreDoesNot()
    {
        var full = Fill();

        Assert.Empty(Store(full, Item("0", new string('y', 200))).Failed);
        var put = Store(full, Item("0", new string('y', 201)), Item("new", null));

        Assert.Equal(["0", "new"], put.Failed);
        Assert.Equal([TooMuch, TooMuch], put.Errors);
        Assert.Equal(full.Bytes, _view.Weight);
    }

    [Fact]
    public void Bytes_RefusedReplacement_GivesTheOldOneANewSt()
    {
        var full = Fill();
        var before = _view.Find(ItemKind.Record, "0")!;

        Store(full, Item("0", new string('y', 201)));

        var after = _view.Find(ItemKind.Record, "0")!;
        Assert.Equal(before.Item, after.Item);
        Assert.True(after.St > before.St);
    }

    [Fact]
    public void Bytes_FreedByAnEarlierItemOfTheRequest_AreThereForALaterOne()
    {
        var full = Fill();

        Assert.Equal(["1"], Store(full, Item("1", new string('z', 210)), Item("0", new string('z', 190))).Failed);
        Assert.Equal(full.Bytes - 10, _view.Weight);
        Assert.Empty(Store(full, Item("1", new string('z', 190)), Item("2", new string('z', 220))).Failed);
        Assert.Equal(full.Bytes, _view.Weight);
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData(null)]
    public void Bytes_FarOverASmallerQuota_AnythingMayBeShortened(string? description)
    {
        Fill();

        Assert.Empty(Store(new Quota(long.MaxValue, 1), Item("0", description)).Failed);
        Assert.Equal(description, Description("0"));
    }

    [Fact]
    public void Bytes_FullAccount_RecordsCanBeHiddenButHidingAgainAndAgainAddsNothing()
    {
        var full = Fill();
        var text = new string('x', 200);

        Assert.Empty(Store(full, Item("0", $"HIDDEN {text}")).Failed);
        Assert.Empty(Store(full, Item("0", text)).Failed);
        Assert.Empty(Store(full, Item("0", $"HIDDEN {text}")).Failed);

        // As long as the hidden one, but without the mark: this would be text that was never allowed.
        Assert.Equal(["0"], Store(full, Item("0", $"1234567{text}")).Failed);
        Assert.Equal(["0"], Store(full, Item("0", $"HIDDEN 1{text}")).Failed);
    }

    [Fact]
    public void Bytes_RecordWithoutDescription_CanBeHidden()
    {
        Store(Quota.None, Item("a", null));

        Assert.Empty(Store(new Quota(1, 1), Item("a", "HIDDEN ")).Failed);
    }

    [Fact]
    public void Bytes_LargerVersionThatIsTooLate_IsAcceptedAndLosesAsAlways()
    {
        var full = Fill();

        var put = Store(full, Submission.Of(new Record("0", 0, 1, 2, new string('y', 255))));

        Assert.Equal(["0"], put.Accepted);
        Assert.Equal(new string('x', 200), Description("0"));
    }

    private static Submission Item(string key, string? description = "x") =>
        Submission.Of(new Record(key, 1, 1, 2, description));

    private string? Description(string key) => ((Record)_view.Find(ItemKind.Record, key)!.Item).Ds;

    /// <summary>Stores records of 200 characters that take a little more than a MiB.</summary>
    /// <returns>A quota of exactly what they take.</returns>
    private Quota Fill()
    {
        Store(Quota.None, [.. Enumerable.Range(0, 4200).Select(i => Item($"{i}", new string('x', 200)))]);
        Assert.InRange(_view.Weight, 1024 * 1024, 2 * 1024 * 1024);
        return new Quota(long.MaxValue, _view.Weight);
    }

    private Put Store(Quota quota, params Submission[] submissions) => StoreAs(ItemKind.Record, quota, submissions);

    private Put StoreAs(ItemKind kind, Quota quota, params Submission[] submissions)
    {
        var st = _view.LastSt.Next;
        var put = Put.Merge(_view, kind, submissions, st, quota);
        _view.Apply(new Entry(_view.Version + 1, EntryKind.Items, st, st, $"{_entries++}", "web", put.Changes));
        return put;
    }
}
