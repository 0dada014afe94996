using System.Globalization;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using static TimeTagger.Api.Tests.Server.ApiClient;

namespace TimeTagger.Api.Tests.Updates;

/// <summary>GET updates: a cursor that neither misses nor repeats anything, and resets that are seen once.</summary>
public sealed class UpdatesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const double Step = 0.00005;

    [Rule("7.1", "7.2")]
    [Theory]
    [InlineData("updates", "/updates needs since")]
    [InlineData("updates?since=", "/updates needs since")]
    [InlineData("updates?since", "/updates needs since")]
    [InlineData("updates?since=%20", "/updates needs since")]
    [InlineData("updates?since=+", "/updates needs since")]
    [InlineData("updates?Since2=1", "/updates needs since")]
    [InlineData("updates?since=x", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=nan", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=-NaN", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=1,5", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=0x10", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=1%2000", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=1%00", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=%FF", "/updates since needs a number (timestamp)")]
    [InlineData("updates?since=0&since=x", "/updates since needs a number (timestamp)")]
    public async Task Updates_SinceThatIsNoNumber_IsABadRequest(string path, string text)
    {
        var account = await fixture.NewAccountAsync();

        (await account.GetAsync(path)).AssertRefused(400, $"bad request: {text}");
    }

    [Rule("7.2", "7.4")]
    [Theory]
    [InlineData("0", false, 1)]
    [InlineData("-0.5", false, 1)]
    [InlineData("0.0", false, 1)]
    [InlineData(" 0 ", false, 1)]
    [InlineData("+0", false, 1)]
    [InlineData("1e3", false, 1)]
    [InlineData("-1", true, 1)]
    [InlineData("-1e300", true, 1)]
    [InlineData("-inf", true, 1)]
    [InlineData("inf", false, 0)]
    [InlineData("+Infinity", false, 0)]
    [InlineData("1e400", false, 0)]
    [InlineData("99999999999", false, 0)]
    public async Task Updates_SinceThatIsANumber_TellsWhatIsNotBeforeIt(string since, bool reset, int records)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a")}]");

        var poll = await account.PollAsync(since);

        Assert.Equal((reset, records), (poll.Reset, poll.Records.Count));
    }

    [Rule("1.6")]
    [Theory]
    [InlineData("updates?since=99999999999&since=0&since=")]
    [InlineData("updates?since=&since=0")]
    [InlineData("updates?x=%&since=0&%FF=1&since")]
    public async Task Updates_SinceSeveralTimes_TheLastThatIsNotEmptyCounts(string path)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a")}]");

        Assert.Single((await account.GetJsonAsync(path)).GetProperty("records").EnumerateArray());
    }

    [Rule("7.3")]
    [Fact]
    public async Task Updates_OfAFreshAccount_IsEmptyAndItsCursorIsOfNow()
    {
        var account = await fixture.NewAccountAsync();

        var poll = await account.PollAsync("0");

        Assert.False(poll.Reset);
        Assert.Empty(poll.Records);
        Assert.Empty(poll.Settings);
        Assert.InRange(poll.ServerTime, Jwt.Now - 60, Jwt.Now + 60);
    }

    [Rule("7.5")]
    [Fact]
    public async Task Updates_ItemAtTheCursor_IsTold()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a")}]");
        var st = Poll.StOf((await account.PollAsync("0")).Records[0]);

        Assert.Single((await account.PollAsync(st)).Records);
        Assert.Empty((await account.PollAsync(st + 0.0001)).Records);
    }

    [Rule("7.5")]
    [Fact]
    public async Task Updates_Items_AreInTheOrderOfTheirStoringThenKeyAndDeletedOnesAreThere()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("z")}, {Record("c")}, {Record("d", ds: "HIDDEN gone")}]");
        await account.StoreAsync("records", $"[{Record("b")}, {Record("a")}, {Record("c")}]");

        var poll = await account.PollAsync("0");

        Assert.Equal(["d", "z", "a", "b", "c"], poll.RecordKeys);
    }

    [Rule("5.11", "7.6")]
    [Fact]
    public async Task Updates_ChainedCursors_TellEveryCommitExactlyOnce()
    {
        var account = await fixture.NewAccountAsync();
        var cursor = (await account.PollAsync("0")).ServerTime;
        var lastSt = 0.0;

        for (var i = 0; i < 40; i++)
        {
            await account.StoreAsync("records", $"[{Record($"a{i}")}, {Record($"b{i}")}, {Record("same", mt: i)}]");
            var poll = await account.PollAsync(cursor);
            Assert.Equal([$"a{i}", $"b{i}", "same"], poll.RecordKeys);
            var st = Assert.Single(poll.Records.Select(Poll.StOf).Distinct());
            Assert.True(st > lastSt + Step && st >= cursor - Step && st < poll.ServerTime);
            Assert.Empty((await account.PollAsync(poll.ServerTime)).Records);
            (cursor, lastSt) = (poll.ServerTime, st);
        }
    }

    [Rule("7.5", "7.6")]
    [Fact]
    public async Task Updates_OfEveryEarlierCursor_TellWhatCameAfterIt()
    {
        var account = await fixture.NewAccountAsync();
        var cursors = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            cursors.Add((await account.PollAsync("99999999999")).ServerTime);
            await account.StoreAsync(i % 2 == 0 ? "records" : "settings", Item(i));
        }

        for (var i = 0; i < cursors.Count; i += 13)
        {
            var poll = await account.PollAsync(cursors[i]);
            var keys = poll.RecordKeys.Concat(poll.SettingKeys).Order(StringComparer.Ordinal);
            Assert.Equal(Enumerable.Range(i, 300 - i).Select(n => $"k{n:D3}"), keys);
        }

        static string Item(int i) =>
            i % 2 == 0 ? $"[{Record($"k{i:D3}")}]" : $$"""[{"key":"k{{i:D3}}","mt":1,"value":{{i}}}]""";
    }

    [Rule("7.4", "9.1", "9.2")]
    [Fact]
    public async Task Updates_AfterAForcedReset_TellItOnceToEveryEarlierCursor()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("b")}, {Record("a")}]");
        await account.StoreAsync("settings", """[{"key":"s","mt":1,"value":1}]""");
        var before = await account.PollAsync("0");

        var answer = await account.PutAsync("forcereset", "not looked at");

        Assert.Equal("ok", answer.Json().GetProperty("status").GetString());
        var seen = await account.PollAsync(before.ServerTime);
        Assert.True(seen.Reset);
        Assert.Equal(["a", "b"], seen.RecordKeys);
        Assert.Equal(["s"], seen.SettingKeys);
        Assert.Equal(Poll.StOf(before.Records[0]), Poll.StOf(seen.Records[0]));
        var next = await account.PollAsync(seen.ServerTime);
        Assert.False(next.Reset);
        Assert.Empty(next.Records);
        Assert.True((await account.PollAsync("0")).Reset);
    }

    [Rule("9.2")]
    [Fact]
    public async Task Updates_AfterAResetAndAnEdit_TellTheResetWithTheEdit()
    {
        var account = await fixture.NewAccountAsync();
        var cursor = (await account.PollAsync("0")).ServerTime;
        await account.PutAsync("forcereset", "");
        await account.StoreAsync("records", $"[{Record("a", mt: Jwt.Now + 5)}]");

        var poll = await account.PollAsync(cursor);

        Assert.True(poll.Reset);
        Assert.Equal(["a"], poll.RecordKeys);
        Assert.False((await account.PollAsync(poll.ServerTime)).Reset);
    }

    [Rule("6.7", "6.13", "9.3")]
    [Fact]
    public async Task Put_OfAnItemModifiedBeforeTheReset_FailsAndLeavesWhatThereIs()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a", mt: 5, ds: "kept")}]");
        await account.PutAsync("forcereset", "");

        var list = $"[{Record("a", mt: Jwt.Now - 5)}, {Record("b", mt: -2)}, {Record("c", mt: Jwt.Now + 5)}]";
        var answer = (await account.PutAsync("records", list)).Json();

        Assert.Equal(["c"], answer.GetProperty("accepted").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal(["a", "b"], answer.GetProperty("failed").EnumerateArray().Select(key => key.GetString()));
        Assert.All(
            answer.GetProperty("errors").EnumerateArray(),
            error => Assert.Equal("Item was modified after a reset", error.GetString())
        );
        var stored = (await account.PollAsync("0")).Records;
        Assert.Equal(["a", "c"], stored.Select(Poll.KeyOf));
        Assert.Equal("kept", stored[0].GetProperty("ds").GetString());
    }

    [Rule("5.3")]
    [Fact]
    public async Task Updates_OfTwoAccounts_TellNothingOfEachOther()
    {
        var (one, two) = (await fixture.NewAccountAsync(), await fixture.NewAccountAsync());

        await one.StoreAsync("records", $"[{Record("same", ds: "of one")}]");
        await two.StoreAsync("records", $"[{Record("same", ds: "of two")}, {Record("two")}]");
        await one.PutAsync("forcereset", "");

        var (ofOne, ofTwo) = (await one.PollAsync("0"), await two.PollAsync("0"));
        Assert.Equal("of one", Assert.Single(ofOne.Records).GetProperty("ds").GetString());
        Assert.Equal(["same", "two"], ofTwo.RecordKeys);
        Assert.Equal("of two", ofTwo.Records[0].GetProperty("ds").GetString());
        Assert.Equal((true, false), (ofOne.Reset, ofTwo.Reset));
    }

    [Rule("7.3", "7.6")]
    [Fact]
    public async Task Updates_ServerTimes_AreFloatsThatComeBackExactly()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a")}]");

        var text = (await account.GetAsync("updates?since=0")).Body.Split("\"server_time\":")[1].Split(',')[0];

        Assert.Matches(@"^\d{10}\.\d{4}$", text);
        Assert.Equal(
            text,
            double.Parse(text, CultureInfo.InvariantCulture).ToString("F4", CultureInfo.InvariantCulture)
        );
    }
}
