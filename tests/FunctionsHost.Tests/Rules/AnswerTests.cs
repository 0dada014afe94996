using System.Net;
using System.Text.Json;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What the caller gets of the worker's answer.</summary>
public sealed class AnswerTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task Headers_OfTheAnswer_PassUntouched()
    {
        using var answer = await host.Host.Http.GetAsync("/api/x?headers");

        Assert.Equal("\"a\"", $"{answer.Headers.ETag}");
        Assert.Equal("no-store", $"{answer.Headers.CacheControl}");
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal("own", $"{answer.Headers.Server}");
        Assert.Equal("application/json", $"{answer.Content.Headers.ContentType}");
    }

    [Theory]
    [InlineData("/api/x")] // from a worker that says nothing of it
    [InlineData("/elsewhere")]
    public async Task Server_UnlessSaidOtherwise_IsKestrel(string path)
    {
        using var answer = await host.Host.Http.GetAsync(path);

        Assert.Equal("Kestrel", $"{answer.Headers.Server}");
    }

    [Theory]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    [InlineData("GET", 302)]
    [InlineData("HEAD", 200)]
    [InlineData("PUT", 412)]
    [InlineData("GET", 503)]
    public async Task Status_OfTheAnswer_PassesUntouched(string method, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/x?status={status}");

        using var answer = await host.Host.Http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("/api/other", $"{answer.Headers.Location}");
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(60, 200)]
    [InlineData(70, 500)]
    public async Task Headers_OfTheAnswerAbove64Kilobytes_AreA500(int kilobytes, int status)
    {
        var answer = await host.RawAsync(
            $"GET /api/x?wide={kilobytes} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        );

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatIsPacked_StaysSo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/x?gzip");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var answer = await host.Host.Http.SendAsync(request);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal([0x1f, 0x8b], (await answer.Content.ReadAsByteArrayAsync())[..2]);
    }

    [Fact]
    public async Task Body_InParts_IsStreamed()
    {
        using var answer = await host.Host.Http.GetAsync("/api/x?parts", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var first = new byte[5];

        await body.ReadExactlyAsync(first);

        // Its end is still to come: the function has not ended.
        Assert.DoesNotContain(
            "Succeeded",
            host.Host.Lines.Last(line => line.Contains("'Functions.Api'", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        using var reader = new StreamReader(body);
        Assert.Equal("last", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Refusal_BeforeTheBodyIsRead_Arrives()
    {
        using var content = new ByteArrayContent(new byte[20 << 20]);

        using var answer = await host.Host.Http.PutAsync("/api/x?refuse", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too large", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failure_OfTheFunction_IsAnEmpty500ThatKeepsTheHeaders()
    {
        using var answer = await host.Host.Http.GetAsync("/api/x?throw&headers");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("\"a\"", $"{answer.Headers.ETag}");
        Assert.Equal("no-store", $"{answer.Headers.CacheControl}");
        await host.Host.LineAsync("ms): thrown");
    }

    [Fact]
    public async Task Failure_AfterTheBodyHasBegun_BreaksTheAnswerOff()
    {
        using var answer = await host.Host.Http.GetAsync("/api/x?half", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Caller_WhoGoesAway_IsHeardOfInBothWays()
    {
        using var impatience = new CancellationTokenSource();
        var call = host.Host.Http.GetAsync("/api/x?watch=gone", impatience.Token);
        await NoteAsync("watching", "gone");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var end = await NoteAsync("watched", "gone");

        Assert.True(end.GetProperty("isGone").GetBoolean());
        Assert.True(end.GetProperty("isCancelled").GetBoolean());
    }

    private async Task<JsonElement> NoteAsync(string kind, string name)
    {
        while (true)
        {
            foreach (var note in await host.Package.NotedAsync(kind))
            {
                if (note.GetProperty("name").GetString() == name)
                {
                    return note;
                }
            }

            await Task.Delay(20);
        }
    }
}
