using System.Text;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hostility;

/// <summary>JSON made to hurt: large, deep, odd. Each is answered below 500, and only what is good in it is stored.</summary>
public sealed class HostileJsonTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Good = """{"key":"good","mt":1,"t1":1,"t2":1,"value":1}""";
    private const int MaxBytes = 10 * 1024 * 1024;

    public static TheoryData<string> OddItems =>
        [
            """{"key":"\ud800","mt":1,"t1":1,"t2":1,"value":1}""",
            """{"\ud800":1,"key":5}""",
            """{"k\udfff":1,"m\ud800":2}""",
            """{"key":{"key":"x"}}""",
            """{"KEY":"x","mt":1,"t1":1,"t2":1,"value":1}""",
            """{"key":"x","mt":{"$numberLong":"1"},"t1":1,"t2":1,"value":1}""",
            $$"""{"key":"x","mt":{{new string('9', 5000)}},"t1":1,"t2":1,"value":1}""",
            $$"""{"key":"x","mt":1e{{new string('9', 300)}},"t1":1,"t2":1,"value":1}""",
            $$"""{"key":"{{new string('x', 100_000)}}","mt":1,"t1":1,"t2":1,"value":1}""",
            $$"""{"key":"x","mt":null,"t1":1,"t2":1,"x":{{new string('[', 900)}}{{new string(']', 900)}}}""",
            """{"__proto__":{"key":"x"},"constructor":1}""",
            "\"\\u0000\"",
            "-0.0e-0",
            "[[[[]]]]",
        ];

    [Rule("5.6", "5.9", "6.5")]
    [Theory]
    [MemberData(nameof(OddItems))]
    public async Task Put_AnOddItem_FailsAloneAndItsNeighboursAreStored(string item)
    {
        var account = await fixture.NewAccountAsync();

        foreach (var path in new[] { "records", "settings" })
        {
            var answer = (await account.PutAsync(path, $"[{item},{Good},{item}]")).Json();
            Assert.Equal(["good"], answer.GetProperty("accepted").EnumerateArray().Select(key => key.GetString()));
            Assert.Equal(2, answer.GetProperty("errors").GetArrayLength());
        }

        var poll = await account.PollAsync("-1");
        Assert.Equal(["good"], poll.RecordKeys);
        Assert.Equal(["good"], poll.SettingKeys);
    }

    [Fact]
    public async Task Put_ValuesThatHoldEveryKindOfText_CanBePolledAsJson()
    {
        var account = await fixture.NewAccountAsync();
        var texts = Enumerable
            .Range(0, 0x110)
            .Select(block => string.Concat(Enumerable.Range(block * 16, 16).Select(c => $"\\u{c:x4}")))
            .Append("\\ud83d\\ude42\\/\\b\\f\\n\\r\\t\\\"\\\\");
        var items = texts.Select((text, i) => $$"""{"key":"{{text}}{{i}}","mt":1,"value":{"{{text}}":"{{text}}"} }""");

        await account.StoreAsync("settings", $"[{string.Join(',', items)}]");

        Assert.Equal(0x111, (await account.PollAsync("0")).Settings.Count);
    }

    [Rule("6.5", "10.1")]
    [Theory]
    [InlineData("0,")]
    [InlineData("{},")]
    [InlineData("{\"key\":\"a\"},")]
    public async Task Put_AListOfNothingButRefusals_IsAnswered(string element)
    {
        var account = await fixture.NewAccountAsync();
        const int elements = 399_999;
        var body = $"[{string.Concat(Enumerable.Repeat(element, elements))}{Good}]";

        var answer = (await account.PutAsync("records", body)).Json();

        Assert.Equal(elements, answer.GetProperty("errors").GetArrayLength());
        Assert.Equal(["good"], (await account.PollAsync("0")).RecordKeys);
    }

    [Rule("6.3")]
    [Fact]
    public async Task Put_MillionsOfElements_IsRefusedAsAWholeAndChangesNothing()
    {
        var account = await fixture.NewAccountAsync();
        var body = $"[{string.Concat(Enumerable.Repeat("0,", 5_000_000))}{Good}]";

        (await account.PutAsync("records", body)).AssertRefusedWith(400, "bad request: a list may have at most 400000");

        Assert.Empty((await account.PollAsync("0")).RecordKeys);
    }

    [Fact]
    public async Task Put_OneObjectWithAMillionFields_IsAnswered()
    {
        var account = await fixture.NewAccountAsync();
        var fields = new StringBuilder();
        for (var i = 0; i < 700_000; i++)
        {
            fields.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"f{i}\":0,");
        }

        Assert.InRange(fields.Length, 1, MaxBytes - 1000);
        await account.StoreAsync("records", $"[{{{fields}{Good[1..]}]");

        Assert.Equal(["good"], (await account.PollAsync("0")).RecordKeys);
    }

    [Fact]
    public async Task Put_AValueOfTenMegabytes_IsRefusedForItself()
    {
        var account = await fixture.NewAccountAsync();
        string[] values =
        [
            $"\"{new string('x', 9_000_000)}\"",
            new string('1', 9_000_000),
            $"[{string.Concat(Enumerable.Repeat("0,", 4_000_000))}0]",
            $"{{\"{new string('\u00e9', 4_000_000)}\":0}}",
        ];

        foreach (var value in values)
        {
            var answer = (await account.PutAsync("settings", $$"""[{"key":"big","mt":1,"value":{{value}}}]""")).Json();
            Assert.Equal(["big"], answer.GetProperty("failed").EnumerateArray().Select(key => key.GetString()));
        }

        Assert.Empty((await account.PollAsync("0")).Settings);
    }

    [Rule("6.12")]
    [Fact]
    public async Task Put_TheSameKeyOverAndOver_IsMergedInTime()
    {
        var account = await fixture.NewAccountAsync();
        var items = Enumerable.Range(0, 50_000).Select(mt => ApiClient.Record("same", mt));

        await account.StoreAsync("records", $"[{string.Join(',', items)}]");

        Assert.Equal(49_999, Assert.Single((await account.PollAsync("0")).Records).GetProperty("mt").GetInt64());
    }

    [Rule("2.6")]
    [Fact]
    public async Task Put_RandomMutationsOfAGoodBody_AreAnsweredBelow500()
    {
        var account = await fixture.NewAccountAsync();
        var random = new Random(99);
        var good = Encoding.UTF8.GetBytes($"[{Good},{ApiClient.Record("é🙂", ds: "#tag \\ud83d text")}]");

        for (var i = 0; i < 400; i++)
        {
            var body = (byte[])good.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var answer = await account.PutAsync(
                i % 2 == 0 ? "records" : "settings",
                body[..random.Next(1, body.Length + 1)]
            );
            Assert.True(answer.Status is 200 or 400, answer.Body);
        }

        Assert.Equal(200, (await account.GetAsync("updates?since=-1")).Status);
    }
}
