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
        Assert.Equal(expected, Query(from, to).Matches(new Record("k", 1, t1, t2, null)));

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
    [InlineData(null, "work", false)]
    public void Matches_Tags_EndWhereTheGrammarEndsThem(string? description, string tags, bool expected) =>
        Assert.Equal(
            expected,
            (Query(0, 10) with { Tags = tags.Split(',') }).Matches(new Record("k", 1, 1, 2, description))
        );

    [Theory]
    [InlineData("HIDDEN x", true)]
    [InlineData("hidden x", false)]
    [InlineData("x HIDDEN", false)]
    [InlineData(null, false)]
    public void Matches_Hidden_IsWhatClientsHide(string? description, bool hidden)
    {
        var record = new Record("k", 1, 1, 2, description);

        Assert.Equal(hidden, (Query(0, 10) with { Hidden = true }).Matches(record));
        Assert.Equal(!hidden, (Query(0, 10) with { Hidden = false }).Matches(record));
        Assert.True(Query(0, 10).Matches(record));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    public void Matches_Running_IsWhereStartIsStop(long t1, long t2, bool running)
    {
        var record = new Record("k", 1, t1, t2, null);

        Assert.Equal(running, (Query(0, 10) with { Running = true }).Matches(record));
        Assert.Equal(!running, (Query(0, 10) with { Running = false }).Matches(record));
    }

    [Fact]
    public void Over_SeveralRecords_OrdersByStartThenKey()
    {
        StoredItem[] records =
        [
            Stored(new Record("b", 1, 5, 6, null)),
            Stored(new Record("a", 1, 5, 6, null)),
            Stored(new Record("z", 1, 1, 2, null)),
        ];

        Assert.Equal(["z", "a", "b"], Query(0, 10).Over(records).Select(stored => stored.Item.Key));
    }

    private static RecordQuery Query(long from, long to) => new(from, to, null, null, []);

    private static StoredItem Stored(Record record) => new(record, new ServerTime(1), 1);
}
