using TimeTagger.Domain.Columns;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Domain.Tests.Records;

public sealed class RecordQueryTests
{
    [Theory]
    [InlineData(100, 200, 200, 300, true)] // touching at the end
    [InlineData(100, 200, 0, 100, true)] // touching at the start
    [InlineData(100, 200, 201, 300, false)]
    [InlineData(100, 200, 0, 99, false)]
    [InlineData(100, 200, 150, 150, true)] // one second
    [InlineData(100, 200, 180, 120, true)] // reversed: covers both
    [InlineData(100, 200, 201, 120, false)]
    [InlineData(100, 200, 180, 99, false)]
    [InlineData(100, 100, 500, 600, true)] // running: for ever
    [InlineData(100, 100, 0, 99, false)]
    [InlineData(200, 100, 100, 200, true)] // inverted: the range covers both ends
    [InlineData(200, 100, 150, 200, false)]
    public void Matches_ARange_AsClientsKnowIt(long t1, long t2, long from, long to, bool expected) =>
        Assert.Equal(expected, IsSelected(Query(from, to), new Record("k", 1, t1, t2, null)));

    [Theory]
    [InlineData("a #work", "work", true)]
    [InlineData("a #work.", "work", true)]
    [InlineData("a #work\n", "work", true)]
    [InlineData("a #workshop", "work", false)]
    [InlineData("a#work", "work", true)]
    [InlineData("##work", "work", true)]
    [InlineData("#WORK b", "work", true)]
    [InlineData("#work b", "Work", true)]
    [InlineData("#a #b", "a,b", true)]
    [InlineData("#a", "a,b", false)]
    [InlineData("#a%b", "a_b", false)]
    [InlineData("#workshop #work", "work", true)]
    [InlineData("#wor", "work", false)]
    [InlineData("ü #work", "work", true)]
    [InlineData("ü #Work, x", "wORK", true)]
    [InlineData("ü #worküx", "work", false)]
    [InlineData("#ÜBER uns", "über", true)]
    [InlineData("#\u212Aelvin", "kelvin", true)] // the Kelvin sign's lower case is a k
    [InlineData("#kelvin", "\u212Aelvin", true)]
    [InlineData("#a#b #c", "c,b,a,a", true)]
    [InlineData("#a #a #a", "a,b", false)]
    [InlineData("#a %b", "a %b", true)]
    [InlineData("#a %bc", "a %b", false)]
    [InlineData("# x", "", true)]
    [InlineData("no tag", "work", false)]
    [InlineData(null, "work", false)]
    public void Matches_Tags_EndWhereTheGrammarEndsThem(string? description, string tags, bool expected) =>
        Assert.Equal(
            expected,
            IsSelected(
                Query(0, 10) with
                {
                    Tags = new TagFilter(tags.Split(',')),
                },
                new Record("k", 1, 1, 2, description)
            )
        );

    [Fact]
    public void Over_MoreTagsThanADescriptionCanHold_FindsNothingAndAsManyAsItHoldsEverything()
    {
        var tags = Enumerable.Range(0, 127).Select(i => $"{(char)(0x100 + (i * 2) + 1)}").ToList();
        var record = new Record("k", 1, 1, 2, string.Concat(tags.Select(tag => '#' + tag)));

        Assert.True(IsSelected(Query(0, 10) with { Tags = new TagFilter(tags) }, record));
        Assert.False(IsSelected(Query(0, 10) with { Tags = new TagFilter([.. tags, "x"]) }, record));
    }

    [Theory]
    [InlineData("HIDDEN x", true)]
    [InlineData("hidden x", false)]
    [InlineData("x HIDDEN", false)]
    [InlineData(null, false)]
    public void Matches_Hidden_IsWhatClientsHide(string? description, bool hidden)
    {
        var record = new Record("k", 1, 1, 2, description);

        Assert.Equal(hidden, IsSelected(Query(0, 10) with { Hidden = true }, record));
        Assert.Equal(!hidden, IsSelected(Query(0, 10) with { Hidden = false }, record));
        Assert.True(IsSelected(Query(0, 10), record));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    public void Matches_Running_IsWhereStartIsStop(long t1, long t2, bool running)
    {
        var record = new Record("k", 1, t1, t2, null);

        Assert.Equal(running, IsSelected(Query(0, 10) with { Running = true }, record));
        Assert.Equal(!running, IsSelected(Query(0, 10) with { Running = false }, record));
    }

    [Fact]
    public void Over_SeveralRecords_OrdersByStartThenKey()
    {
        var view = ViewOf(
            new Record("b", 1, 5, 6, null),
            new Record("a", 1, 5, 6, null),
            new Record("z", 1, 1, 2, null)
        );

        var found = Over(view, Query(0, 10)).ToList();

        Assert.Equal(["z", "a", "b"], found.Select(stored => stored.Item.Key));
    }

    [Fact]
    public void Over_ARecordThatWasReplaced_OnlySeesItsLastVersion()
    {
        var view = ViewOf(new Record("a", 1, 5, 6, "#old"));
        view.Apply(EntryOf(view, new Record("a", 2, 5, 6, "#new")));

        Assert.Equal(0, Over(view, Query(0, 10) with { Tags = new TagFilter(["old"]) }).Count);
        Assert.Equal(1, Over(view, Query(0, 10) with { Tags = new TagFilter(["new"]) }).Count);
    }

    private static RecordQuery Query(long from, long to) => new(from, to, null, null, new TagFilter([]));

    private static bool IsSelected(RecordQuery query, Record record) => Over(ViewOf(record), query).Count == 1;

    private static ItemSelection Over(AccountView view, RecordQuery query) => query.Over(view.RecordRows(), default);

    private static AccountView ViewOf(params IReadOnlyList<Record> records)
    {
        var view = new AccountView(new ServerTime(0));
        view.Apply(EntryOf(view, records));
        return view;
    }

    private static Entry EntryOf(AccountView view, params IReadOnlyList<Record> records) =>
        new(
            view.Version + 1,
            EntryKind.Items,
            view.LastSt.Next,
            view.LastSt.Next,
            "commit",
            "web",
            [.. records.Select(record => new Change(record, null, null))]
        );
}
