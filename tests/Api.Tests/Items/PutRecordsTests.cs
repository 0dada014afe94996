using System.Text.Json;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using static TimeTagger.Api.Tests.Server.ApiClient;

namespace TimeTagger.Api.Tests.Items;

/// <summary>PUT of records: each item is taken or refused for itself.</summary>
public sealed class PutRecordsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string NoKey = "Got item that is not a dict with str 'key' field.";
    private const string TooLong = "String values must be less than 256 chars.";

    [Rule("6.5", "6.6", "6.7")]
    [Fact]
    public async Task Put_GoodAndBadItems_AnswersInTheirOrderWithATextForEach()
    {
        var account = await fixture.NewAccountAsync();

        var answer = await PutAsync(
            account,
            $$"""
            [ {{Record("a")}}, 5, {"key":"b"}, {"mt":1,"t1":1,"t2":1}, {{Record(
                "c"
            )}}, {"key":7}, {"key":"d","mt":"1","t1":1,"t2":1}, [], null ]
            """
        );

        Assert.Equal(["a", "c"], answer.Accepted);
        Assert.Equal(["b", "d"], answer.Failed);
        Assert.Equal("A records is missing required fields: frozenset({'mt', 't1', 't2'})", answer.Errors[0]);
        Assert.Equal("The field 'mt' must be a whole number of seconds, not a string.", answer.Errors[1]);
        Assert.Equal([NoKey, NoKey, NoKey, NoKey, NoKey], answer.Errors.Skip(2));
        Assert.Equal(["a", "c"], (await account.PollAsync("0")).RecordKeys);
    }

    [Rule("5.6", "5.7", "5.9", "6.7")]
    [Theory]
    [InlineData("\"mt\":1,\"t1\":1", "A records is missing required fields: frozenset({'t2'})")]
    [InlineData("\"mt\":null,\"t1\":1,\"t2\":1", "The field 'mt' must be")]
    [InlineData("\"mt\":true,\"t1\":1,\"t2\":1", "The field 'mt' must be")]
    [InlineData("\"mt\":1,\"t1\":[],\"t2\":1", "The field 't1' must be")]
    [InlineData("\"mt\":1,\"t1\":1,\"t2\":{}", "The field 't2' must be")]
    [InlineData("\"mt\":1,\"t1\":1,\"t2\":9223372036854775808", "The field 't2' must be")]
    [InlineData("\"mt\":1,\"t1\":-9223372036854775809e3,\"t2\":1", "The field 't1' must be")]
    [InlineData("\"mt\":1e999999999,\"t1\":1,\"t2\":1", "The field 'mt' must be")]
    [InlineData("\"mt\":1,\"t1\":1,\"t2\":1,\"ds\":5", "The field 'ds' must be a string")]
    [InlineData("\"mt\":1,\"t1\":1,\"t2\":1,\"ds\":null", "The field 'ds' must be a string")]
    [InlineData("\"mt\":1,\"t1\":1,\"t2\":1,\"ds\":\"\\ud83d\"", "Text must be valid Unicode")]
    public async Task Put_AFieldThatIsNotWhatItMustBe_FailsWithATextAndStoresNothing(string fields, string error)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await PutAsync(account, $$"""[{"key":"a",{{fields}}}]""");

        Assert.Equal(["a"], answer.Failed);
        Assert.Empty(answer.Accepted);
        Assert.StartsWith(error, Assert.Single(answer.Errors), StringComparison.Ordinal);
        Assert.Empty((await account.PollAsync("-1")).Records);
    }

    [Rule("5.5")]
    [Theory]
    [InlineData("7.9", 7)]
    [InlineData("-7.9", -7)]
    [InlineData("1.6e9", 1_600_000_000)]
    [InlineData("-0", 0)]
    [InlineData("0.0000000001e10", 1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("1e-999999", 0)]
    public async Task Put_Numbers_AreTruncatedTowardsZero(string number, long stored)
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("records", $$"""[{"key":"a","mt":5.5,"t1":{{number}},"t2":{{number}}}]""");

        var record = Assert.Single((await account.PollAsync("0")).Records);
        Assert.Equal(5, record.GetProperty("mt").GetInt64());
        Assert.Equal(stored, record.GetProperty("t1").GetInt64());
        Assert.Equal(stored, record.GetProperty("t2").GetInt64());
    }

    [Rule("5.4", "5.7", "6.7")]
    [Fact]
    public async Task Put_Texts_AreLimitedInCodePoints()
    {
        var account = await fixture.NewAccountAsync();
        var fits = string.Concat(Enumerable.Repeat("🙂", 255));

        await account.StoreAsync("records", $"[{Record("fits", ds: fits)}, {Record(fits, ds: fits)}]");
        var answer = await PutAsync(account, $"[{Record("long", ds: fits + "x")}, {Record(fits + "x")}]");

        Assert.Equal(["long", fits + "x"], answer.Failed);
        Assert.Equal([TooLong, TooLong], answer.Errors);
        var stored = (await account.PollAsync("0")).Records;
        Assert.Equal(2, stored.Count);
        Assert.All(stored, record => Assert.Equal(fits, record.GetProperty("ds").GetString()));
    }

    [Rule("5.4", "5.7")]
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u0000")]
    [InlineData("a/b%2F?#&\\\"'")]
    [InlineData("\u00e9")]
    [InlineData("e\u0301")]
    [InlineData("\u200f\ufeff\u2028")]
    public async Task Put_AnyText_ComesBackAsItWas(string text)
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("records", $"[{Record(text, ds: text + "\r\n<b>")}]");

        var record = Assert.Single((await account.PollAsync("0")).Records);
        Assert.Equal(text, Poll.KeyOf(record));
        Assert.Equal(text + "\r\n<b>", record.GetProperty("ds").GetString());
    }

    [Rule("5.4")]
    [Fact]
    public async Task Put_KeysThatDifferByCaseOrNormalForm_AreDifferentRecords()
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("records", $"[{Record("é")}, {Record("e\u0301")}, {Record("a")}, {Record("A")}]");

        Assert.Equal(4, (await account.PollAsync("0")).Records.Count);
    }

    [Rule("5.1", "5.2")]
    [Fact]
    public async Task Put_FieldsItDoesNotKnow_AreDroppedAndTheRestIsInOrder()
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync(
            "records",
            """[{"st":9e9,"ds":"x","t2":2,"_running":true,"t1":1,"mt":3,"key":"a","_duration":{"x":[]}},{"t2":2,"t1":1,"mt":3,"key":"b"}]"""
        );

        var records = (await account.PollAsync("0")).Records;
        Assert.Equal(["key", "mt", "t1", "t2", "ds", "st"], records[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["key", "mt", "t1", "t2", "st"], records[1].EnumerateObject().Select(field => field.Name));
        Assert.True(Poll.StOf(records[0]) < 4e9);
        Assert.Equal(
            records.Select(record => record.GetRawText()),
            (await account.GetJsonAsync("records?timerange=0-9"))
                .GetProperty("records")
                .EnumerateArray()
                .Select(r => r.GetRawText())
        );
    }

    [Rule("5.10")]
    [Fact]
    public async Task Put_Names_TheLastOfRepeatedOnesCounts()
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync(
            "records",
            """[{"key":"a","mt":1,"t1":1,"t2":1,"mt":2,"key":"b","ds":"x","ds":"y"}]"""
        );

        var record = Assert.Single((await account.PollAsync("0")).Records);
        Assert.Equal("b", Poll.KeyOf(record));
        Assert.Equal(2, record.GetProperty("mt").GetInt64());
        Assert.Equal("y", record.GetProperty("ds").GetString());
    }

    [Rule("6.11")]
    [Fact]
    public async Task Put_LeavingTheDescriptionOut_RemovesIt()
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("records", $"[{Record("a", mt: 1, ds: "text")}]");
        await account.StoreAsync("records", $"[{Record("a", mt: 1)}]");

        Assert.False(Assert.Single((await account.PollAsync("0")).Records).TryGetProperty("ds", out _));
    }

    [Rule("6.12")]
    [Fact]
    public async Task Put_SameKeySeveralTimes_IsMergedInTurnAndNamedEachTime()
    {
        var account = await fixture.NewAccountAsync();

        var answer = await PutAsync(
            account,
            $$"""[{{Record("a", 5, ds: "5")}}, {{Record("a", 7, ds: "7")}}, {{Record("a", 6, ds: "6")}}, {"key":"a"}, {{Record("b")}}]"""
        );

        Assert.Equal(["a", "a", "a", "b"], answer.Accepted);
        Assert.Equal(["a"], answer.Failed);
        var records = (await account.PollAsync("0")).Records;
        Assert.Equal(2, records.Count);
        Assert.Equal("7", records[0].GetProperty("ds").GetString());
    }

    [Rule("6.9")]
    [Theory]
    [InlineData(6, "new")]
    [InlineData(5, "new")]
    [InlineData(4, "old")]
    public async Task Put_AgainstAStoredVersion_TheLargerMtStaysAndTheClientReceivesIt(long mt, string expected)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a", 5, ds: "old")}, {Record("other")}]");
        var cursor = (await account.PollAsync("0")).ServerTime;

        await account.StoreAsync("records", $"[{Record("a", mt, ds: "new")}]");

        var poll = await account.PollAsync(cursor);
        Assert.Equal(expected, Assert.Single(poll.Records).GetProperty("ds").GetString());
        Assert.Equal(Math.Max(mt, 5), poll.Records[0].GetProperty("mt").GetInt64());
    }

    [Rule("6.10")]
    [Fact]
    public async Task Put_AFailingItemOfAStoredKey_SendsTheStoredOneAgain()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{Record("a", ds: "kept")}]");
        var cursor = (await account.PollAsync("0")).ServerTime;

        await PutAsync(account, """[{"key":"a"},{"key":"unknown"}]""");

        Assert.Equal("kept", Assert.Single((await account.PollAsync(cursor)).Records).GetProperty("ds").GetString());
    }

    [Rule("6.10", "6.14")]
    [Theory]
    [InlineData("[]")]
    [InlineData(" \n[ ]\t")]
    [InlineData("[1]")]
    [InlineData("""[{"key":"new"}]""")]
    public async Task Put_NothingToStore_WritesNothing(string list)
    {
        var account = await fixture.NewAccountAsync();
        var before = await account.PollAsync("0");

        await PutAsync(account, list);

        Assert.Equal(before.ServerTime, (await account.PollAsync("0")).ServerTime);
    }

    private static async Task<(string[] Accepted, string[] Failed, string[] Errors)> PutAsync(
        ApiClient account,
        string list
    )
    {
        var answer = (await account.PutAsync("records", list)).Json();
        return (Texts(answer, "accepted"), Texts(answer, "failed"), Texts(answer, "errors"));
    }

    private static string[] Texts(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
