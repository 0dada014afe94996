using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Routing;

/// <summary>Who gets answers compressed, and that nothing is gathered up for it.</summary>
[Rule("2.8")]
public sealed class AnswerCompressionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Records = 20_000;
    private const string Everything = "updates?since=0";

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("GZIP", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0.4", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity;q=0, gzip", "gzip")]
    [InlineData("identity;q=0.5, gzip;q=0.1, br;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("br;q=0, *", null)]
    [InlineData("*;q=0", null)]
    [InlineData("identity;q=0", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("gzip;q=nonsense", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Get_LongAnswer_IsCompressedAsTheClientAccepts(string? accepted, string? encoding)
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", ListOf(100));

        var (response, body) = await SendAsync(account, Everything, accepted);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["Accept-Encoding"], response.Headers.Vary);
        using var document = JsonDocument.Parse(Unpacked(body, encoding));
        Assert.Equal(100, document.RootElement.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public async Task Get_ManyMegabytes_AreTheSameInEveryEncoding()
    {
        var account = await fixture.NewAccountAsync();
        await account.StoreAsync("records", ListOf(Records));
        var (_, plain) = await SendAsync(account, Everything, null);

        foreach (var encoding in new[] { "gzip", "br" })
        {
            var (response, body) = await SendAsync(account, Everything, encoding);

            Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
            Assert.InRange(body.Length, 1, plain.Length / 5);
            Assert.Equal(plain, Unpacked(body, encoding));
        }
    }

    [Theory]
    [InlineData("version", 200)]
    [InlineData("settings", 200)]
    [InlineData("apitoken", 200)]
    [InlineData("unknown", 404)]
    public async Task Get_ShortAnswer_IsNeverCompressed(string path, int status)
    {
        var account = await fixture.NewAccountAsync();

        var (response, body) = await SendAsync(account, path, "gzip, br");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.InRange(body.Length, 1, 1023);
    }

    [Fact]
    public async Task Get_ClientGoesAwayInTheMiddle_HindersNobody()
    {
        var account = await fixture.NewAccountAsync();
        await account.PutAsync("records", ApiClient.Incompressible(1, 20_000, 180));

        for (var i = 0; i < 5; i++)
        {
            using var request = Request(account, Everything, "br");
            using var response = await fixture.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var body = await response.Content.ReadAsStreamAsync();
            Assert.True(await body.ReadAsync(new byte[1000]) > 0);
        }

        Assert.Equal(20_000, (await account.PollAsync("0")).Records.Count);
    }

    /// <summary>What was written and flushed has left before the answer ends, so no answer is in memory as a whole.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Compression_OfALongAnswer_SendsItOffAsItIsWritten(string encoding)
    {
        const int piece = 64 * 1024;
        using var sent = new MemoryStream();
        var sentBefore = new List<long>();
        var random = new Random(1);

        await CompressAsync(
            sent,
            encoding,
            async response =>
            {
                for (var i = 0; i < 100; i++)
                {
                    sentBefore.Add(sent.Length);
                    random.NextBytes(response.BodyWriter.GetMemory(piece).Span[..piece]);
                    response.BodyWriter.Advance(piece);
                    await response.BodyWriter.FlushAsync();
                }
            }
        );

        Assert.All(sentBefore, (bytes, i) => Assert.InRange(bytes, i * piece, sent.Length));
        Assert.Equal(100 * piece, Unpacked(sent.ToArray(), encoding).Length);
    }

    [Theory]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    [InlineData(null, true)]
    public async Task Compression_OfAKnownLength_BeginsWhereItPays(int? length, bool isCompressed)
    {
        using var sent = new MemoryStream();

        var response = await CompressAsync(
            sent,
            "gzip",
            response =>
            {
                response.ContentLength = length;
                return response.WriteAsync(new string(' ', length ?? 10));
            }
        );

        Assert.Equal(isCompressed ? "gzip" : "", response.Headers.ContentEncoding.ToString());
        Assert.Equal(isCompressed ? null : length, response.ContentLength);
    }

    [Fact]
    public async Task Compression_OverHttpsOfAnythingButJson_DoesNothing()
    {
        using var sent = new MemoryStream();

        var json = await CompressAsync(sent, "br", response => response.WriteAsync("{}"));
        var text = await CompressAsync(sent, "br", response => response.WriteAsync("{}"), "text/plain");

        Assert.Equal("br", json.Headers.ContentEncoding.ToString());
        Assert.Equal("", text.Headers.ContentEncoding.ToString());
    }

    private static async Task<HttpResponse> CompressAsync(
        MemoryStream sent,
        string encoding,
        Func<HttpResponse, Task> write,
        string contentType = "application/json"
    )
    {
        var services = new ServiceCollection().AddLogging();
        AnswerCompression.AddTo(services);
        await using var provider = services.BuildServiceProvider();
        var pipeline = new ApplicationBuilder(provider).UseResponseCompression();
        pipeline.Run(context =>
        {
            context.Response.ContentType = contentType;
            return write(context.Response);
        });
        var context = new DefaultHttpContext { Request = { IsHttps = true }, Response = { Body = sent } };
        context.Request.Headers.AcceptEncoding = encoding;
        await pipeline.Build()(context);
        return context.Response;
    }

    private static string ListOf(int count) =>
        ApiClient.List(
            Enumerable
                .Range(0, count)
                .Select(i => ApiClient.Record($"k{i:D7}", t1: i * 7200, t2: (i * 7200) + 3000, ds: $"part {i} #work"))
        );

    private static HttpRequestMessage Request(ApiClient account, string path, string? accepted)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v2/{path}");
        request.Headers.TryAddWithoutValidation("authtoken", account.Token);
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        }

        return request;
    }

    private async Task<(HttpResponseMessage Response, byte[] Body)> SendAsync(
        ApiClient account,
        string path,
        string? accepted
    )
    {
        using var request = Request(account, path, accepted);
        var response = await fixture.Server.Http.SendAsync(request);
        return (response, await response.Content.ReadAsByteArrayAsync());
    }

    private static byte[] Unpacked(byte[] body, string? encoding)
    {
        using var packed = new MemoryStream(body);
        using Stream reader = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var unpacked = new MemoryStream();
        reader.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
