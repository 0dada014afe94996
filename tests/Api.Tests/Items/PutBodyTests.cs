using System.Text;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Items;

/// <summary>Bodies that are refused as a whole, and then nothing of them is stored.</summary>
public sealed class PutBodyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int MaxBytes = 10 * 1024 * 1024;
    private static readonly byte[] Good = Encoding.UTF8.GetBytes($"[{ApiClient.Record("new")}]");

    public static TheoryData<string> BadBodies =>
        [
            "",
            " ",
            "null",
            "5",
            "\"[]\"",
            "{}",
            """{"key":"new","mt":1,"t1":1,"t2":1}""",
            "[",
            "[}",
            "[]]",
            "[] []",
            "[1,]",
            "[,1]",
            "['a']",
            "[nan]",
            "[True]",
            "[01]",
            "[1.]",
            "[+1]",
            "[/* comment */]",
            "[\"\t\"]",
            "[\"\\x\"]",
            "[\"\\u12\"]",
            "\u0000[]",
            "[]\u0000",
            """[{"key":"new","mt":NaN,"t1":1,"t2":1}]""",
            """[{"key":"new","mt":1,"t1":Infinity,"t2":1}]""",
            """[{"key":"new","mt":1,"t1":1,"t2":-Infinity}]""",
            """[{"key":"new","mt":1,"t1":1,"t2":1},{"key":"next","mt":}]""",
            "\ufeff[]",
            $"{new string('[', 1001)}{new string(']', 1001)}",
            new string('[', 200_000),
            string.Concat(Enumerable.Repeat("{\"a\":", 100_000)),
        ];

    [Rule("2.4", "6.1", "6.3")]
    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Put_ABodyThatIsNoList_IsABadRequestAndChangesNothing(string body)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", $"[{ApiClient.Record("kept")}]");
        var before = await account.GetAsync("updates?since=0");

        foreach (var path in new[] { "records", "settings" })
        {
            (await account.PutAsync(path, body)).AssertRefusedWith(400, "bad request: ");
        }

        Assert.Equal(before.Body, (await account.GetAsync("updates?since=0")).Body);
    }

    [Rule("6.3")]
    [Fact]
    public async Task Put_SomethingElseThanAList_SaysWhatItMustBe()
    {
        var account = await fixture.NewAccountAsync();

        (await account.PutAsync("records", "{}")).AssertRefused(400, "bad request: List of records must be a list");
        (await account.PutAsync("settings", "1")).AssertRefused(400, "bad request: List of settings must be a list");
    }

    [Rule("6.3")]
    [Fact]
    public async Task Put_BytesThatAreNotUtf8_AreABadRequestAndChangeNothing()
    {
        var account = await fixture.NewAccountAsync();
        byte[][] bodies =
        [
            [.. "[{\"key\":\"new"u8, 0xff, .. "\",\"mt\":1,\"t1\":1,\"t2\":1}]"u8],
            [.. "[{\"key\":\"new\",\"mt\":1,\"t1\":1,\"t2\":1,\"ds\":\""u8, 0xed, 0xa0, 0x80, .. "\"}]"u8],
            Encoding.Unicode.GetBytes("[]"),
            [0xff, 0xfe, .. Encoding.Unicode.GetBytes("[]")],
            Encoding.UTF32.GetBytes("[]"),
        ];

        foreach (var body in bodies)
        {
            (await account.PutAsync("records", body)).AssertRefusedWith(400, "bad request: ");
        }

        Assert.Empty((await account.PollAsync("0")).Records);
    }

    [Rule("2.4", "6.4")]
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate, gzip")]
    [InlineData("nonsense")]
    public async Task Put_AnEncodedBody_IsUnsupportedAndChangesNothing(string encoding)
    {
        var account = await fixture.NewAccountAsync();
        using var content = new ByteArrayContent(Good);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        var answer = await account.SendAsync(HttpMethod.Put, "records", content);

        answer.AssertRefusedWith(415, "unsupported media type: ");
        Assert.Empty((await account.PollAsync("0")).Records);
    }

    [Rule("6.1", "6.4")]
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Put_OfAnyContentType_IsReadAsJson(string? type)
    {
        var account = await fixture.NewAccountAsync();
        using var content = new ByteArrayContent(Good);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        content.Headers.TryAddWithoutValidation("Content-Encoding", "identity");

        Assert.Equal(200, (await account.SendAsync(HttpMethod.Put, "records", content)).Status);

        Assert.Equal(["new"], (await account.PollAsync("0")).RecordKeys);
    }

    [Rule("2.4", "6.1", "6.2")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_OfTenMebibytes_IsTakenAndOneByteMoreIsNot(bool chunked)
    {
        var account = await fixture.NewAccountAsync();
        var body = new byte[MaxBytes + 1];
        body.AsSpan().Fill((byte)' ');
        Good.CopyTo(body, 0);

        var fits = await PutAsync(account, body[..MaxBytes], chunked);
        var before = await account.GetAsync("updates?since=0");
        var tooLarge = await PutAsync(account, body, chunked);

        Assert.Equal(200, fits.Status);
        tooLarge.AssertRefusedWith(413, "request too large: the body may have at most 10485760 bytes");
        Assert.Equal(before.Body, (await account.GetAsync("updates?since=0")).Body);
    }

    [Rule("5.11", "6.8", "10.1")]
    [Fact]
    public async Task Put_ThatIsFullOfRecords_StoresEachOfThem()
    {
        var account = await fixture.NewAccountAsync();
        const int count = 33_000;
        var random = new Random(1);
        var noise = new byte[150];
        var list = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(noise); // Hardly to be compressed, so the commit does not fit into one row.
            list.Append(i > 0 ? "," : "").Append(ApiClient.Record($"r{i}", ds: Convert.ToBase64String(noise)));
        }

        var body = Encoding.UTF8.GetBytes(list.Append(']').ToString());
        Assert.InRange(body.Length, 8_000_000, MaxBytes);
        var answer = (await account.PutAsync("records", body)).Json();

        Assert.Equal(count, answer.GetProperty("accepted").GetArrayLength());
        var poll = await account.PollAsync("0");
        Assert.Equal(count, poll.Records.Count);
        Assert.Single(poll.Records.Select(Poll.StOf).Distinct());
    }

    private static async Task<Answer> PutAsync(ApiClient account, byte[] body, bool chunked)
    {
        using var content = new ByteArrayContent(body);
        return await account.SendAsync(
            HttpMethod.Put,
            "records",
            content,
            request => request.Headers.TransferEncodingChunked = chunked
        );
    }
}
