using System.Text.Json;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Items;

/// <summary>PUT and GET of settings: any JSON value, kept as it is.</summary>
public sealed class PutSettingsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Rule("5.2", "5.8")]
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"é🙂\\u0000\\\"\"")]
    [InlineData("1.0")]
    [InlineData("1e5")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    [InlineData("[]")]
    [InlineData("{\"a\":[1,{\"b\":null}],\"\":0}")]
    public async Task Put_AnyValue_ComesBackAsItWas(string value)
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("settings", $$"""[{"key":"a","mt":1,"value":{{value}}}]""");

        var polled = Assert.Single((await account.PollAsync("0")).Settings);
        var listed = Assert.Single((await account.GetJsonAsync("settings")).GetProperty("settings").EnumerateArray());
        Assert.Equal(polled.GetRawText(), listed.GetRawText());
        using var sent = JsonDocument.Parse(value);
        Assert.True(JsonElement.DeepEquals(sent.RootElement, polled.GetProperty("value")), polled.GetRawText());
        Assert.Equal(["key", "mt", "value", "st"], polled.EnumerateObject().Select(field => field.Name));
    }

    [Rule("5.8")]
    [Theory]
    [InlineData("1.0")]
    [InlineData("1e5")]
    [InlineData("123456789012345678901234567890")]
    public async Task Put_Numbers_KeepTheirDigits(string number)
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("settings", $$"""[{"key":"a","mt":1,"value": [ {{number}} ]}]""");

        var setting = Assert.Single((await account.PollAsync("0")).Settings);
        Assert.Equal(number, setting.GetProperty("value")[0].GetRawText());
    }

    [Rule("5.8", "6.7")]
    [Theory]
    [InlineData("x", 8189)]
    [InlineData("é", 1364)]
    [InlineData("🙂", 682)]
    [InlineData("\\\"", 4094)]
    public async Task Put_Value_IsLimitedAsAsciiJson(string part, int fits)
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("settings", Setting("fits", part, fits));
        var answer = (await account.PutAsync("settings", Setting("long", part, fits + 1))).Json();

        Assert.Equal(
            "Values must be less than 256 chars when jsonized.",
            Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetString()
        );
        Assert.Equal(["fits"], (await account.PollAsync("0")).SettingKeys);
    }

    [Rule("6.7")]
    [Fact]
    public async Task Put_MissingFields_AreNamed()
    {
        var account = await fixture.NewAccountAsync();

        var answer = (
            await account.PutAsync("settings", """[{"key":"a"},{"key":"b","mt":1},{"key":"c","value":1}]""")
        ).Json();

        Assert.Equal(
            [
                "A settings is missing required fields: frozenset({'mt', 'value'})",
                "A settings is missing required fields: frozenset({'value'})",
                "A settings is missing required fields: frozenset({'mt'})",
            ],
            answer.GetProperty("errors").EnumerateArray().Select(error => error.GetString())
        );
    }

    [Rule("5.9")]
    [Fact]
    public async Task Put_HalfASurrogatePairInsideAValue_FailsOnlyThatItem()
    {
        var account = await fixture.NewAccountAsync();

        var answer = (
            await account.PutAsync(
                "settings",
                """[{"key":"a","mt":1,"value":["\ud800"]},{"key":"b","mt":1,"value":{"\udc00":1}},{"key":"c","mt":1,"value":1}]"""
            )
        ).Json();

        Assert.Equal(["a", "b"], answer.GetProperty("failed").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal(["c"], (await account.PollAsync("0")).SettingKeys);
    }

    [Rule("6.3")]
    [Fact]
    public async Task Put_AValueNestedAsDeepAsABodyMayBe_ComesBack()
    {
        var account = await fixture.NewAccountAsync();
        const int deepest = 998;
        var value = new string('[', deepest) + new string(']', deepest);

        await account.StoreAsync("settings", $$"""[{"key":"deep","mt":1,"value":{{value}}}]""");

        var polled = Assert.Single((await account.PollAsync("0")).Settings);
        Assert.Equal(value, polled.GetProperty("value").GetRawText());
        var refused = await account.PutAsync("settings", $$"""[{"key":"deep","mt":1,"value":[{{value}}]}]""");
        refused.AssertRefusedWith(400, "bad request: ");
    }

    [Rule("5.3")]
    [Fact]
    public async Task SettingsAndRecords_OfTheSameKey_DoNotMeet()
    {
        var account = await fixture.NewAccountAsync();

        await account.StoreAsync("records", $"[{ApiClient.Record("a", mt: 9)}]");
        await account.StoreAsync("settings", """[{"key":"a","mt":1,"value":"v"},{"key":"A","mt":1,"value":0}]""");

        var poll = await account.PollAsync("0");
        Assert.Equal(["a"], poll.RecordKeys);
        Assert.Equal(["A", "a"], poll.SettingKeys);
        Assert.Equal(9, poll.Records[0].GetProperty("mt").GetInt64());
    }

    [Rule("6.15")]
    [Fact]
    public async Task Get_OfAllSettings_IsInTheOrderOfKeysWhateverWasStoredLast()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("settings", """[{"key":"b","mt":1,"value":1},{"key":"é","mt":1,"value":1}]""");
        await account.StoreAsync("settings", """[{"key":"a","mt":1,"value":1},{"key":"B","mt":1,"value":1}]""");

        var answer = await account.GetJsonAsync("settings");

        Assert.Equal(["settings"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["B", "a", "b", "é"], answer.GetProperty("settings").EnumerateArray().Select(Poll.KeyOf));
    }

    [Rule("6.9")]
    [Theory]
    [InlineData(2, "\"new\"")]
    [InlineData(1, "\"new\"")]
    [InlineData(0, "\"old\"")]
    public async Task Put_AgainstAStoredSetting_TheLargerMtStays(long mt, string value)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("settings", """[{"key":"a","mt":1,"value":"old"}]""");
        var cursor = (await account.PollAsync("0")).ServerTime;

        await account.StoreAsync("settings", $$"""[{"key":"a","mt":{{mt}},"value":"new"}]""");

        var setting = Assert.Single((await account.PollAsync(cursor)).Settings);
        Assert.Equal(value, setting.GetProperty("value").GetRawText());
    }

    private static string Setting(string key, string part, int times) =>
        $$"""[{"key":"{{key}}","mt":1,"value":"{{string.Concat(Enumerable.Repeat(part, times))}}"}]""";
}
