using System.Globalization;
using System.Text;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Hostility;

/// <summary>Requests that no client library would send. Whatever comes, the answer is never a defect of ours, and the next is well.</summary>
public sealed class HostileHttpTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [NotUnderFunctions("The host cannot pass CONNECT on, and answers 500.")]
    [Rule("2.6")]
    [Theory]
    [InlineData("GET /api/v2/%00 HTTP/1.1")]
    [InlineData("GET /api/v2/%ff%fe HTTP/1.1")]
    [InlineData("GET /api/v2/%c0%af HTTP/1.1")]
    [InlineData("GET /api/v2/% HTTP/1.1")]
    [InlineData("GET /api/v2/%zz HTTP/1.1")]
    [InlineData("GET /api/v2/%2e%2e/%2e%2e/status HTTP/1.1")]
    [InlineData("GET /api/v2/../../../../etc/passwd HTTP/1.1")]
    [InlineData("GET /api/v2/records%2F HTTP/1.1")]
    [InlineData("GET /api/v2/%2Frecords HTTP/1.1")]
    [InlineData("GET /api/v2/records\\..\\version HTTP/1.1")]
    [InlineData("GET /api/v2/records;x=1 HTTP/1.1")]
    [InlineData("GET /api/v2/\u00e9 HTTP/1.1")]
    [InlineData("GET //api/v2/version HTTP/1.1")]
    [InlineData("GET api/v2/version HTTP/1.1")]
    [InlineData("GET http://elsewhere/api/v2/version HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    [InlineData("CONNECT localhost:80 HTTP/1.1")]
    [InlineData("CONNECT /api/status HTTP/1.1")]
    [InlineData("CONNECT /api/v2/bootstrap_authentication HTTP/1.1")]
    [InlineData("TRACE /api/v2/version HTTP/1.1")]
    [InlineData("get /api/v2/version HTTP/1.1")]
    [InlineData("GET /api/v2/version HTTP/1.0")]
    [InlineData("GET /api/v2/version")]
    [InlineData("GET  /api/v2/version HTTP/1.1")]
    [InlineData("PUT /api/v2/records HTTP/1.1")]
    [InlineData("GET /api/v2/updates?since=%00 HTTP/1.1")]
    [InlineData("GET /api/v2/updates?since=0%00 HTTP/1.1")]
    [InlineData("GET /api/v2/updates?since=1e-400 HTTP/1.1")]
    [InlineData("GET /api/v2/updates?since=-1e400 HTTP/1.1")]
    [InlineData("GET /api/v2/updates?since=%F0%9F%99%82 HTTP/1.1")]
    [InlineData("GET /api/v2/updates?since=9223372036854775808 HTTP/1.1")]
    [InlineData("GET /api/v2/updates?%73ince=0&=&&&==&?&# HTTP/1.1")]
    [InlineData("GET /api/v2/records?timerange=0-99999999999999999999999999 HTTP/1.1")]
    [InlineData("GET /api/v2/records?timerange=1e308-1e308 HTTP/1.1")]
    [InlineData("GET /api/v2/records?timerange=0-1&tag=%ed%a0%80 HTTP/1.1")]
    [InlineData("GET /api/v2/records?timerange=0-1&tag=%23%23,,,%2C HTTP/1.1")]
    public async Task Call_OddRequestLine_IsAnsweredBelow500(string line)
    {
        var account = await fixture.NewAccountAsync();

        var answer = await fixture.Raw.SendAsync(line, $"authtoken: {account.Token}", "Content-Length: 0");

        Assert.InRange(answer.Status, 200, 499);
        Assert.Equal(200, (await account.GetAsync("version")).Status);
    }

    [NotUnderFunctions("The host judges lengths and encodings of transfer itself, and answers 500.")]
    [Rule("2.4", "2.6")]
    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 1e3")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length: 9223372036854775807")]
    [InlineData("Content-Length: 2", "Content-Length: 3")]
    [InlineData("Content-Length: 2", "Transfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Content-Encoding: ", "Content-Length: 0")]
    [InlineData("Content-Encoding: gzip", "Content-Encoding: identity", "Content-Length: 0")]
    [InlineData("Expect: nonsense", "Content-Length: 0")]
    [InlineData("authtoken: \u00ff\u00fe", "Content-Length: 0")]
    [InlineData("Authorization: Bearer", "Content-Length: 0")]
    [InlineData("Content-Type: \u0001", "Content-Length: 0")]
    public async Task Put_OddHeaders_AreRefusedAndChangeNothing(params string[] headers)
    {
        var account = await fixture.NewAccountAsync();
        string[] request =
        [
            "PUT /api/v2/records HTTP/1.1",
            "Host: a",
            $"authtoken: {account.Token}",
            "Connection: close",
            .. headers,
            "",
            "",
        ];

        var body = headers.Any(header => header.StartsWith("Transfer-Encoding", StringComparison.Ordinal))
            ? "0\r\n\r\n"
            : "";

        var answer = await fixture.Raw.SendTextAsync(string.Join("\r\n", request) + body);

        Assert.InRange(answer.Status, 400, 499);
        Assert.Empty((await account.PollAsync("0")).Records);
    }

    [Rule("6.8")]
    [NotUnderFunctions("The host reads bodies itself, and answers those that break off with 500.")]
    [Fact]
    public async Task Put_TruncatedBodies_StoreNothing()
    {
        var account = await fixture.NewAccountAsync();
        var list = $"[{ApiClient.Record("cut")}]";
        var head = $"PUT /api/v2/records HTTP/1.1\r\nHost: a\r\nauthtoken: {account.Token}\r\n";
        string[] requests =
        [
            $"{head}Content-Length: {list.Length + 1}\r\n\r\n{list}",
            $"{head}Content-Length: {list.Length}\r\n\r\n{list[..^1]}",
            $"{head}Transfer-Encoding: chunked\r\n\r\n{list.Length:x}\r\n{list}\r\n",
            $"{head}Transfer-Encoding: chunked\r\n\r\n{list.Length:x}\r\n{list}",
            $"{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{list}\r\n0\r\n\r\n",
            $"{head}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{list}\r\n0\r\n\r\n",
            $"{head}Content-Length: {list.Length}\r\n",
            head[..20],
        ];

        foreach (var request in requests)
        {
            var answer = await fixture.Raw.ExchangeAsync(Encoding.Latin1.GetBytes(request), thenEndSending: true);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), answer);
        }

        Assert.Empty((await account.PollAsync("0")).Records);
    }

    [Fact]
    public async Task Put_Pipelined_IsAnsweredInOrder()
    {
        var account = await fixture.NewAccountAsync();
        var requests = new StringBuilder();
        for (var i = 0; i < 20; i++)
        {
            var list = $"[{ApiClient.Record($"k{i:D2}")}]";
            requests.Append(
                CultureInfo.InvariantCulture,
                $"PUT /api/v2/records HTTP/1.1\r\nHost: a\r\nauthtoken: {account.Token}\r\nContent-Length: {list.Length}\r\n"
            );
            requests.Append(i == 19 ? "Connection: close\r\n\r\n" : "\r\n").Append(list);
        }

        var answer = await fixture.Raw.ExchangeAsync(Encoding.Latin1.GetBytes(requests.ToString()));

        var positions = Enumerable
            .Range(0, 20)
            .Select(i => answer.IndexOf($"\"accepted\":[\"k{i:D2}\"]", StringComparison.Ordinal))
            .ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(20, (await account.PollAsync("0")).Records.Count);
    }

    [Fact]
    public async Task Call_AfterARefusalWithABody_OnTheSameConnectionIsAnswered()
    {
        var account = await fixture.NewAccountAsync();
        const string list = "[1,2,3]";

        var answer = await fixture.Raw.ExchangeAsync(
            Encoding.Latin1.GetBytes(
                $"PUT /api/v2/records HTTP/1.1\r\nHost: a\r\nContent-Length: {list.Length}\r\n\r\n{list}"
                    + $"PUT /api/v2/forcereset HTTP/1.1\r\nHost: a\r\nauthtoken: {account.Token}\r\nContent-Length: {list.Length}\r\n\r\n{list}"
                    + $"GET /api/v2/version HTTP/1.1\r\nHost: a\r\nauthtoken: {account.Token}\r\nConnection: close\r\n\r\n"
            )
        );

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("{\"status\":\"ok\"}", answer, StringComparison.Ordinal);
        Assert.Contains("\"version\":\"26.1.3\"", answer, StringComparison.Ordinal);
    }
}
