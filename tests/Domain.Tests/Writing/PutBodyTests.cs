using System.Text;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Settings;
using TimeTagger.Domain.Writing;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Domain.Tests.Writing;

public sealed class PutBodyTests
{
    private const string TextTooLong = "String values must be less than 256 chars.";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[1] x")]
    [InlineData("[NaN]")]
    [InlineData("\uFEFF[]")]
    [InlineData("null")]
    public void Read_NoJsonList_Throws(string body) =>
        Assert.Throws<FormatException>(() => PutBody.Read(ItemKind.Record, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Read_NotUtf8_Throws() =>
        Assert.Throws<FormatException>(() =>
            PutBody.Read(ItemKind.Record, new byte[] { (byte)'[', (byte)'"', 0xff, (byte)'"', (byte)']' })
        );

    [Fact]
    public void Read_MoreElementsThanItemsCouldBe_Throws() =>
        Assert.Throws<FormatException>(() =>
            PutBody.Read(
                ItemKind.Record,
                Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(0, PutBody.MaxElements + 1))}]")
            )
        );

    [Fact]
    public void Read_TooDeep_Throws() =>
        Assert.Throws<FormatException>(() =>
            PutBody.Read(ItemKind.Record, Encoding.UTF8.GetBytes(new string('[', 1001) + new string(']', 1001)))
        );

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.9", 1)]
    [InlineData("-1.9", -1)]
    [InlineData("1e3", 1000)]
    [InlineData("-0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Read_ANumber_IsTruncated(string number, long expected) =>
        Assert.Equal(new Record("k", expected, 2, 3, null), Item($$"""{"key":"k","mt":{{number}},"t1":2,"t2":3}"""));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("\"7\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void Read_NoNumber_IsRefusedWithTheFieldsName(string number)
    {
        var submission = Only(ItemKind.Record, $$"""{"key":"k","mt":1,"t1":{{number}},"t2":3}""");

        Assert.Equal("k", submission.Key);
        Assert.Contains("'t1'", submission.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"key":1,"mt":1,"t1":1,"t2":1}""")]
    [InlineData("""{"key":"\ud800","mt":1,"t1":1,"t2":1}""")]
    public void Read_NoKey_HasNoKeyAndTheTextThatClientsKnow(string element)
    {
        var submission = Only(ItemKind.Record, element);

        Assert.Null(submission.Key);
        Assert.Equal("Got item that is not a dict with str 'key' field.", submission.Error);
    }

    [Fact]
    public void Read_MissingFields_NamesThem() =>
        Assert.Equal(
            "A records is missing required fields: frozenset({'mt', 't2'})",
            Only(ItemKind.Record, """{"key":"k","t1":1}""").Error
        );

    [Fact]
    public void Read_255CodePoints_AreEnough()
    {
        var emoji = string.Concat(Enumerable.Repeat("🎉", 255));

        Assert.Equal(emoji, ((Record)Item($$"""{"key":"k","mt":1,"t1":1,"t2":1,"ds":"{{emoji}}"}""")).Ds);
        Assert.Equal(
            TextTooLong,
            Only(ItemKind.Record, $$"""{"key":"k","mt":1,"t1":1,"t2":1,"ds":"{{emoji}}x"}""").Error
        );
        Assert.Equal(TextTooLong, Only(ItemKind.Record, $$"""{"key":"{{emoji}}x","mt":1,"t1":1,"t2":1}""").Error);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("\"\\udc00\"")]
    public void Read_DescriptionThatIsNoText_IsRefused(string description) =>
        Assert.NotNull(Only(ItemKind.Record, $$"""{"key":"k","mt":1,"t1":1,"t2":1,"ds":{{description}}}""").Error);

    [Theory]
    [InlineData("""{"key":"k","mt":1,"t1":1,"t2":1,"\ud800":1}""")]
    [InlineData("""{"\ud800":1,"key":"k","mt":1,"t1":1,"t2":1}""")]
    public void Read_BrokenFieldName_IsRefusedUnderItsKey(string element)
    {
        var submission = Only(ItemKind.Record, element);

        Assert.Equal("k", submission.Key);
        Assert.Contains("Unicode", submission.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DuplicateNames_TakesTheLast() =>
        Assert.Equal(
            new Record("b", 1, 2, 9, "y"),
            Item("""{"key":"a","key":"b","mt":1,"t1":2,"t2":3,"t2":9,"ds":"x","ds":"y","st":7,"other":[]}""")
        );

    [Theory]
    [InlineData(
        """{ "b" : [ 1.0 , 1e5, 123456789012345678901234567890 ], "a": "é\n" }""",
        """{"b":[1.0,1e5,123456789012345678901234567890],"a":"é\n"}"""
    )]
    [InlineData("null", "null")]
    [InlineData("\"\\u0000\"", "\"\\u0000\"")]
    public void Read_AValue_IsKeptWithItsNumbers(string value, string expected) =>
        Assert.Equal(
            expected,
            ((Setting)Only(ItemKind.Setting, $$"""{"key":"k","mt":1,"value":{{value}}}""").Item!).Value
        );

    [Theory]
    [InlineData(8189, 'x', true)] // with its quotes, 8191
    [InlineData(8190, 'x', false)]
    [InlineData(1364, 'é', true)] // six characters each, escaped
    [InlineData(1365, 'é', false)]
    [InlineData(1364, '\u007f', true)]
    [InlineData(1365, '\u007f', false)]
    [InlineData(8189, '~', true)]
    [InlineData(4094, '"', true)]
    [InlineData(4095, '"', false)]
    public void Read_AValuesLength_IsCountedAsAscii(int count, char c, bool fits)
    {
        var value = System.Text.Json.JsonSerializer.Serialize(new string(c, count));

        Assert.Equal(fits, Only(ItemKind.Setting, $$"""{"key":"k","mt":1,"value":{{value}}}""").Error is null);
    }

    [Fact]
    public void Read_BlanksBetweenParts_CountAsOnClients()
    {
        var list = "[" + string.Join(",", Enumerable.Repeat("1", 2730)) + "]"; // 2 + 2730 + 2729 × 2 = 8190

        Assert.Null(Only(ItemKind.Setting, $$"""{"key":"k","mt":1,"value":{{list}}}""").Error);
        Assert.NotNull(
            Only(
                ItemKind.Setting,
                $$"""{"key":"k","mt":1,"value":{{list.Replace("[1", "[111", StringComparison.Ordinal)}}}"""
            ).Error
        );
    }

    [Fact]
    public void Read_DeepValue_IsKept()
    {
        var value = new string('[', 990) + new string(']', 990);

        Assert.Equal(
            value,
            ((Setting)Only(ItemKind.Setting, $$"""{"key":"k","mt":1,"value":{{value}}}""").Item!).Value
        );
    }

    private static Submission Only(ItemKind kind, string element) =>
        Assert.Single(PutBody.Read(kind, Encoding.UTF8.GetBytes($"[{element}]")));

    private static Item Item(string element)
    {
        var submission = Only(ItemKind.Record, element);
        Assert.Null(submission.Error);
        return submission.Item!;
    }
}
