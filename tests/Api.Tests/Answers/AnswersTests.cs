using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Answers;

/// <summary>What every success and every refusal looks like on the wire.</summary>
public sealed class AnswersTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Rule("2.1", "2.2")]
    [Theory]
    [InlineData("GET", "version")]
    [InlineData("GET", "updates?since=0")]
    [InlineData("GET", "records?timerange=0-1")]
    [InlineData("GET", "settings")]
    [InlineData("GET", "webtoken")]
    [InlineData("GET", "apitoken")]
    [InlineData("PUT", "records")]
    [InlineData("PUT", "settings")]
    [InlineData("PUT", "forcereset")]
    public async Task Success_OfEveryEndpoint_IsAJsonObjectWithoutACharset(string method, string path)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await fixture.Raw.SendTextAsync(
            $"{method} /api/v2/{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nauthtoken: {account.Token}\r\n"
                + "Content-Length: 2\r\n\r\n[]"
        );

        Assert.Equal(200, answer.Status);
        Assert.Contains("\r\nContent-Type: application/json\r\n", $"{answer.Head}\r\n", StringComparison.Ordinal);
        Assert.Equal(('{', '}'), (answer.Text[0], answer.Text[^1]));
    }

    [NotUnderFunctions("The host reads a whole body first, and answers 500 where it does not come.")]
    [Rule("2.3")]
    [Theory]
    [InlineData(400, "bad request: ", "GET", "updates")]
    [InlineData(404, "not found: ", "GET", "unknown")]
    [InlineData(405, "method not allowed: ", "PUT", "version")]
    [InlineData(413, "request too large: ", "PUT", "records", "Content-Length: 10485761")]
    [InlineData(415, "unsupported media type: ", "PUT", "records", "Content-Length: 0", "Content-Encoding: gzip")]
    [InlineData(401, "unauthorized: ", "GET", "version", "authtoken: x.y.z")]
    public async Task Refusal_OfEveryStatus_IsPlainTextThatBeginsWithItInWords(
        int status,
        string words,
        string method,
        string path,
        params string[] headers
    )
    {
        var account = await fixture.NewAccountAsync();

        var answer = await fixture.Raw.SendAsync(
            $"{method} /api/v2/{path} HTTP/1.1",
            [$"authtoken: {account.Token}", .. headers]
        );

        Assert.Equal(status, answer.Status);
        Assert.Contains("\r\nContent-Type: text/plain\r\n", $"{answer.Head}\r\n", StringComparison.Ordinal);
        Assert.StartsWith(words, answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Text.Length > words.Length);
    }

    [Rule("2.2")]
    [Fact]
    public async Task Version_HasMoreThanClientsKnow()
    {
        var account = await fixture.NewAccountAsync();

        var answer = await account.GetJsonAsync("version");

        Assert.StartsWith("TimeTagger on Azure ", answer.GetProperty("server").GetString(), StringComparison.Ordinal);
    }
}
