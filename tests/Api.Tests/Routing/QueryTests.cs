using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>How the parameters of a query are read, whatever the endpoint.</summary>
public sealed class QueryTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Rule("1.5", "1.6", "1.7")]
    [Theory]
    [InlineData("since=%30", true)]
    [InlineData("%73ince=0", true)]
    [InlineData("unknown=1&since=0&=&&x", true)]
    [InlineData("since=0&SINCE=x", true)]
    [InlineData("since=+0+", true)]
    [InlineData("since=x&since=0", true)]
    [InlineData("since=0&since=&since", true)]
    [InlineData("Since=0", false)]
    [InlineData("?since=0", false)]
    [InlineData("x;since=0", false)]
    [InlineData("since=0;x=1", false)]
    [InlineData("since=0&since=x", false)]
    [InlineData("since=0&since=%20", false)]
    [InlineData("since=&since", false)]
    public async Task Query_Written_IsReadAsClientsKnowIt(string query, bool isZero)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.GetAsync($"updates?{query}");

        Assert.Equal(isZero ? 200 : 400, answer.Status);
    }

    [Rule("1.7")]
    [Theory]
    [InlineData("%FF", "replaced")]
    [InlineData("%EF%BF%BD", "replaced")]
    [InlineData("%25FF", "literal")]
    [InlineData("a+b", "blank")]
    [InlineData("a%20b", "blank")]
    [InlineData("a%2Bb", "plus")]
    public async Task Query_Escapes_AreReadAsClientsKnowThem(string tag, string key)
    {
        var account = await fixture.NewAccountAsync();
        string[] records =
        [
            ApiClient.Record("replaced", ds: "#\ufffd"),
            ApiClient.Record("literal", ds: "#%FF"),
            ApiClient.Record("blank", ds: "#a b"),
            ApiClient.Record("plus", ds: "#a+b"),
        ];
        await account.StoreAsync("records", ApiClient.List(records));

        var answer = await account.GetJsonAsync($"records?timerange=0-999&tag={tag}");

        Assert.Equal([key], answer.GetProperty("records").EnumerateArray().Select(Poll.KeyOf));
    }
}
