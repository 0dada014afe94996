using System.Net;
using System.Text;
using System.Text.Json;
using TimeTagger.TestSupport;
using Xunit;

namespace TimeTagger.Local.Tests;

/// <summary>Front and handler together: what only their agreement can give.</summary>
public sealed class RealHandlerTests : IAsyncLifetime, IDisposable
{
    private static readonly string LocalProof = Convert.ToBase64String("""{"method":"localhost"}"""u8);

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _site = new();
    private readonly string _bind = $"127.0.0.1:{LocalProgram.FreePort()}";
    private HttpClient _client = null!;
    private LocalProgram _program = null!;

    public async Task InitializeAsync()
    {
        _client = new HttpClient { BaseAddress = new Uri($"http://{_bind}/api/v2/") };
        await StartAsync();
    }

    public async Task DisposeAsync() => await _program.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _data.Dispose();
        _site.Dispose();
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "localhost", "X-Unrelated", "203.0.113.7")]
    [InlineData(HttpStatusCode.Forbidden, "localhost", "X-Forwarded-For", "203.0.113.7")]
    [InlineData(HttpStatusCode.Forbidden, "localhost", "X-Forwarded-For", "127.0.0.1")]
    [InlineData(HttpStatusCode.Forbidden, "localhost", "X-Forwarded-Host", "evil.example")]
    [InlineData(HttpStatusCode.Forbidden, "localhost", "Forwarded", "for=127.0.0.1")]
    [InlineData(HttpStatusCode.Forbidden, "localhost", "X-Real-IP", "127.0.0.1")]
    [InlineData(HttpStatusCode.Forbidden, "localhost", "Via", "1.1 proxy")]
    [InlineData(HttpStatusCode.Forbidden, "evil.example", "X-Forwarded-Host", "localhost")]
    [InlineData(HttpStatusCode.Forbidden, "evil.example", "X-Forwarded-For", "127.0.0.1")]
    public async Task SignInHere_WithAProxysHeader_IsNotTakenForThisMachine(
        HttpStatusCode expected,
        string host,
        string header,
        string value
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "bootstrap_authentication")
        {
            Content = new StringContent(LocalProof),
        };
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Put_TooLarge_IsToldTheLimit()
    {
        await SignInAsync();
        using var answer = await _client.PutAsync("records", new ByteArrayContent(new byte[12_000_000]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("10485760 bytes", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfEverythingAfterAnAcceptedRecord_KeepsItAndTheToken()
    {
        await SignInAsync();
        await PutRecordAsync();

        await _program.KillAllAsync();
        await StartAsync();

        Assert.Contains("before the kill", await _client.GetStringAsync("updates?since=0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfTheHandler_StartsItAgainWithItsData()
    {
        await SignInAsync();
        await PutRecordAsync();
        var first = Assert.Single(_program.Descendants());

        await ProcessTable.SignalAsync(first, "KILL");
        await _program.LineAsync("The handler ended unexpectedly (exit code 137); starting it again.");

        string? updates = null;
        while (updates is null)
        {
            using var answer = await _client.GetAsync("updates?since=0");
            Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.ServiceUnavailable);
            updates = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        Assert.Contains("before the kill", updates, StringComparison.Ordinal);
        Assert.NotEqual(first, Assert.Single(_program.Descendants()));
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    public async Task Signal_ToTheFront_EndsTheHandler(string signal)
    {
        var handler = Assert.Single(_program.Descendants());
        Assert.Contains("TimeTagger.Api", ProcessTable.CommandLine(handler), StringComparison.Ordinal);

        await _program.SignalAsync(signal);

        await ProcessTable.EndedAsync(handler);
        await _program.ExitAsync();
    }

    [Fact]
    public async Task DataThatCannotBeRead_StopsAtOnceAndSaysWhy()
    {
        using var data = new TemporaryFolder();
        data.Write("timetagger.db", new string('x', 5000));
        await using var program = LocalProgram.Start([
            "--bind",
            $"127.0.0.1:{LocalProgram.FreePort()}",
            "--datadir",
            data.Path,
            "--site",
            _site.Path,
        ]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("handler | ", program.Output, StringComparison.Ordinal);
        Assert.Contains("The handler cannot start; its lines above say why.", program.Output, StringComparison.Ordinal);
    }

    private async Task StartAsync()
    {
        _program = LocalProgram.Start(["--bind", _bind, "--datadir", _data.Path, "--site", _site.Path]);
        await _program.RunningAsync();
    }

    private async Task SignInAsync()
    {
        using var answer = await _client.PostAsync("bootstrap_authentication", new StringContent(LocalProof));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        _client.DefaultRequestHeaders.Add("authtoken", json.RootElement.GetProperty("token").GetString());
    }

    private async Task PutRecordAsync()
    {
        const string record = """[{"key":"a","mt":1,"t1":1,"t2":2,"ds":"before the kill"}]""";
        using var content = new StringContent(record, Encoding.UTF8);
        using var answer = await _client.PutAsync("records", content);
        Assert.Contains("\"accepted\":[\"a\"]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
