using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Writing;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Domain.Tests.Writing;

public sealed class PutTests
{
    private readonly AccountView _view = new(new ServerTime(10_000_000));

    [Fact]
    public void Merge_LargerMt_Replaces()
    {
        Store(Record("k", mt: 5, "old"));

        var put = Store(Record("k", mt: 6, "new"));

        Assert.Equal(["k"], put.Accepted);
        Assert.Equal("new", Description("k"));
    }

    [Fact]
    public void Merge_EqualMt_Replaces()
    {
        Store(Record("k", mt: 5, "old"));
        Store(Record("k", mt: 5, "new"));

        Assert.Equal("new", Description("k"));
    }

    [Fact]
    public void Merge_SmallerMt_IsAcceptedKeepsTheCurrentUnderANewStAndRemembersWhatLost()
    {
        Store(Record("k", mt: 5, "old"));
        var before = Find("k").St;

        var put = Store(Record("k", mt: 4, "late"));

        Assert.Equal(["k"], put.Accepted);
        Assert.Equal("old", Description("k"));
        Assert.True(Find("k").St > before);
        Assert.Equal("late", ((Record)Assert.Single(put.Changes).Lost!).Ds);
    }

    [Fact]
    public void Merge_LeftOutDescription_IsGone()
    {
        Store(Record("k", mt: 5, "old"));
        Store(Record("k", mt: 6, null));

        Assert.Null(Description("k"));
    }

    [Fact]
    public void Merge_RefusedItem_OfAKnownKeyIsStoredAgainAndOfAnUnknownKeyIsNot()
    {
        Store(Record("k", mt: 5, "old"));
        var before = Find("k").St;

        var put = Store(Submission.Refused("k", "no"), Submission.Refused("unknown", "neither"));

        Assert.Equal(["k", "unknown"], put.Failed);
        Assert.Equal(["no", "neither"], put.Errors);
        Assert.True(Find("k").St > before);
        Assert.Null(_view.Find(ItemKind.Record, "unknown"));
    }

    [Fact]
    public void Merge_ElementsWithoutKey_AreOnlyInErrorsAndLast()
    {
        var put = Store(Submission.Refused(null, "keyless"), Submission.Refused("k", "bad"), Record("a", 1, "x"));

        Assert.Equal(["a"], put.Accepted);
        Assert.Equal(["k"], put.Failed);
        Assert.Equal(["bad", "keyless"], put.Errors);
    }

    [Fact]
    public void Merge_DuplicateKeys_AreTakenOneAfterTheOther()
    {
        var put = Store(
            Record("k", mt: 5, "first"),
            Record("k", mt: 7, "second"),
            Record("k", mt: 6, "third"),
            Submission.Refused("k", "bad")
        );

        Assert.Equal(["k", "k", "k"], put.Accepted);
        Assert.Equal(["k"], put.Failed);
        Assert.Equal("second", Description("k"));
        Assert.Equal(3, put.Changes.Count);
    }

    [Fact]
    public void Merge_BeforeAReset_IsRefused()
    {
        Apply(EntryKind.Reset, [], at: new ServerTime(20_000_500));

        var put = Store(Record("early", mt: 2000, "x"), Record("late", mt: 2001, "x"));

        Assert.Equal(["late"], put.Accepted);
        Assert.Equal(["early"], put.Failed);
        Assert.Equal(["Item was modified after a reset"], put.Errors);
    }

    [Fact]
    public void Merge_NothingThatCouldBeStored_HasNoChanges() =>
        Assert.Empty(Store(Submission.Refused("k", "bad"), Submission.Refused(null, "keyless")).Changes);

    [Fact]
    public void Apply_OutOfOrder_Throws()
    {
        var entry = new Entry(2, EntryKind.Items, new ServerTime(10_000_001), ServerTime.Never, "id", "web", []);

        Assert.Throws<ArgumentException>(() => _view.Apply(entry));
        Assert.Throws<ArgumentException>(() => _view.Apply(entry with { Number = 1, St = _view.LastSt }));
    }

    private static Submission Record(string key, long mt, string? description) =>
        Submission.Of(new Record(key, mt, 1, 2, description));

    [Fact]
    public void Merge_AStoredItemRefusedManyTimes_IsStoredAgainOnce()
    {
        Store(Sent("a", 5));

        var put = Merge([.. Enumerable.Repeat(Submission.Refused("a", "bad"), 1000)]);

        Assert.Equal(1000, put.Failed.Count);
        Assert.Single(put.Changes);
    }

    [Fact]
    public void Merge_ManyLateVersions_AreAllKeptForHistory()
    {
        Store(Sent("a", 5));

        var put = Merge(Sent("a", 1), Sent("a", 2), Submission.Refused("a", "bad"), Sent("a", 3));

        Assert.Equal([1L, 2L, 3L], put.Changes.Select(change => change.Lost!.Mt));
        Assert.All(put.Changes, change => Assert.Same(put.Changes[0].Now, change.Now));
    }

    [Fact]
    public void Merge_MoreThanAnEntryMayHold_IsTooLargeAsAWhole()
    {
        var large = new string('x', 8000);
        var settings = Enumerable
            .Range(0, 7000)
            .Select(i => Submission.Of(new Domain.Settings.Setting($"{i}", 5, $"\"{large}\"")));

        Assert.Throws<CommitTooLargeException>(() =>
            Put.Merge(_view, ItemKind.Setting, [.. settings], _view.LastSt.Next, Quota.None)
        );
    }

    [Fact]
    public void Merge_KeysBeyondTheBasicPlane_AreInTheOrderOfTheirCodePoints()
    {
        var put = Merge(Sent("😀", 1), Sent("\uFFFF", 1), Sent("\uE000", 1), Sent("a", 1), Sent("", 1), Sent("aa", 1));

        Assert.Equal(["", "a", "aa", "\uE000", "\uFFFF", "😀"], put.Changes.Select(change => change.Now.Key));
    }

    private StoredItem Find(string key) => _view.Find(ItemKind.Record, key)!;

    private string? Description(string key) => ((Record)Find(key).Item).Ds;

    private static Submission Sent(string key, long mt) => Submission.Of(new Record(key, mt, 1, 2, null));

    private Put Merge(params Submission[] submissions) =>
        Put.Merge(_view, ItemKind.Record, submissions, _view.LastSt.Next, Quota.None);

    private Put Store(params Submission[] submissions)
    {
        var put = Put.Merge(_view, ItemKind.Record, submissions, _view.LastSt.Next, Quota.None);
        Apply(EntryKind.Items, put.Changes, _view.LastSt.Next);
        return put;
    }

    private void Apply(EntryKind kind, IReadOnlyList<Change> changes, ServerTime at) =>
        _view.Apply(new Entry(_view.Version + 1, kind, _view.LastSt.Next, at, "id", "web", changes));
}
