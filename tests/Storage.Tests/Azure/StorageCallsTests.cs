using System.Net;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>Patience: what is tried again, when, and how it ends.</summary>
public sealed class StorageCallsTests : IDisposable
{
    private const string NoRows = """{"value":[]}""";

    private readonly ManualClock _clock = new();
    private readonly ScriptedService _service = new();
    private readonly StorageAccount _storage;

    public StorageCallsTests() => _storage = _service.Open(_clock);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Query_BusyWithRetryAfter_IsTriedAgainThenAndNotSooner()
    {
        _service.ThenRefuses(HttpStatusCode.ServiceUnavailable, "ServerBusy", ("Retry-After", "3"));
        _service.Then(HttpStatusCode.OK, NoRows);
        var begun = _clock.GetUtcNow();

        var query = QueryAsync();
        await _clock.PassAsync(query, TimeSpan.FromSeconds(3));

        Assert.Empty((await query).Rows);
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.GetUtcNow() - begun);
    }

    [Fact]
    public async Task Query_BusyForLongerThanThePatience_EndsAtOnce()
    {
        _service.ThenRefuses(HttpStatusCode.ServiceUnavailable, "ServerBusy", ("Retry-After", "30"));

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => QueryAsync());

        Assert.Equal("Azure table journal, query: 503 ServerBusy.", error.Message);
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Query_PassingFault_IsTriedAgainWithGrowingPauses(int status)
    {
        for (var fault = 0; fault < 3; fault++)
        {
            _service.Then((HttpStatusCode)status, "<html>Not the service's own words.</html>");
        }

        _service.Then(HttpStatusCode.OK, NoRows);

        var query = QueryAsync();
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(100));
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(200));
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(400));
        await query;

        Assert.Equal(4, _service.Requests.Count);
    }

    [Theory]
    [InlineData(400, typeof(InvalidOperationException))]
    [InlineData(401, typeof(StorageUnavailableException))]
    [InlineData(403, typeof(StorageUnavailableException))]
    [InlineData(501, typeof(StorageUnavailableException))]
    public async Task Query_LastingRefusal_IsNotTriedAgain(int status, Type expected)
    {
        _service.ThenRefuses((HttpStatusCode)status, "InvalidInput");

        await Assert.ThrowsAsync(expected, () => QueryAsync());

        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Query_BrokenConnection_IsTriedAgain()
    {
        _service.ThenBreaks().Then(HttpStatusCode.OK, NoRows);

        var query = QueryAsync();
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(100));

        Assert.Empty((await query).Rows);
    }

    [Theory]
    [InlineData("""{"value":[{"PartitionKey":"e","Row""")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[{}]}""")]
    [InlineData("""{"value":[null]}""")]
    [InlineData("<html/>")]
    public async Task Query_AnswerThatMakesNoSense_IsTriedAgainAndThenUnavailable(string answer)
    {
        _service.Then(HttpStatusCode.OK, answer).Then(HttpStatusCode.OK, answer);
        _service.ThenRefuses(HttpStatusCode.Forbidden, "AuthorizationFailure");

        var query = QueryAsync();
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(100));
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => query);
        Assert.Equal(3, _service.Requests.Count);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"PartitionKey":"e","RowKey":1}""")]
    [InlineData(200, """{"PartitionKey":"e","RowKey":"k","St@odata.type":"Edm.Int64","St":5}""")]
    [InlineData(200, "<html/>")]
    [InlineData(302, "<html/>")]
    public async Task Get_AnswerThatMakesNoSense_IsTriedAgain(int status, string answer)
    {
        _service.Then((HttpStatusCode)status, answer).ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound");

        var get = _storage.Journal.GetAsync("e", "k", default);
        await _clock.PassAsync(get, TimeSpan.FromMilliseconds(100));

        Assert.Null(await get);
    }

    [Fact]
    public async Task Insert_AnswerThatMakesNoSense_IsTriedAgain()
    {
        _service.Then(HttpStatusCode.OK, "<html/>").Then(HttpStatusCode.NoContent);

        var insert = _storage.Journal.InsertAsync(new Row("e", "k", new Dictionary<string, object>()), default);
        await _clock.PassAsync(insert, TimeSpan.FromMilliseconds(100));

        Assert.True(await insert);
    }

    [Fact]
    public async Task Query_NoAnswer_IsTriedAgainAfterEightSeconds()
    {
        _service.ThenHangs().Then(HttpStatusCode.OK, NoRows);

        var query = QueryAsync();
        await _service.ArrivedAsync();
        _clock.Advance(TimeSpan.FromSeconds(8) - TimeSpan.FromTicks(1));
        Assert.False(query.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(100));

        Assert.Empty((await query).Rows);
    }

    [Fact]
    public async Task Query_NeverAnAnswer_GivesUpAfterTwentySeconds()
    {
        _service.ThenHangs().ThenHangs().ThenHangs();

        var query = QueryAsync();
        await _service.ArrivedAsync();
        _clock.Advance(TimeSpan.FromSeconds(8));
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(100));
        await _service.ArrivedAsync();
        _clock.Advance(TimeSpan.FromSeconds(8));
        await _clock.PassAsync(query, TimeSpan.FromMilliseconds(200));
        await _service.ArrivedAsync();
        _clock.Advance(TimeSpan.FromSeconds(3.7) - TimeSpan.FromTicks(1));
        Assert.False(query.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => query);
        Assert.Equal("Azure table journal, query: no answer in time (try 3).", error.Message);
    }

    [Fact]
    public async Task Query_CallerGivesUp_EndsAsCancelled()
    {
        _service.ThenHangs();
        using var caller = new CancellationTokenSource();

        var query = _storage.Journal.QueryAsync("e", new RowRange("", "~"), 1, null, caller.Token);
        await _service.ArrivedAsync();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Query_RefusalThatQuotesTheSignature_IsNotRepeated()
    {
        const string Signature = "c2lnbmF0dXJl";
        _service.Then(
            HttpStatusCode.Forbidden,
            $$"""{"odata.error":{"code":"AuthenticationFailed","message":{"value":"The MAC '{{Signature}}' is not"} } }""",
            ("x-ms-request-id", "4711")
        );

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => QueryAsync());

        Assert.Contains("403 AuthenticationFailed", error.Message, StringComparison.Ordinal);
        Assert.Contains("4711", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Signature, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedService.Key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_RefusedBeforeItIsLookedAt_IsNamedByTheHeader()
    {
        _service.ThenRefusesInXml(HttpStatusCode.Forbidden, "AuthenticationFailed");

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => QueryAsync());

        Assert.StartsWith("Azure table journal, query: 403 AuthenticationFailed (", error.Message);
    }

    [Fact]
    public async Task BlobsAndQueue_Busy_HaveTheSamePatience()
    {
        _service.Then(HttpStatusCode.ServiceUnavailable).Then(HttpStatusCode.Created);
        _service.Then(HttpStatusCode.ServiceUnavailable).Then(HttpStatusCode.NoContent);

        var put = _storage.Commits.PutAsync("a", new byte[1], default);
        await _clock.PassAsync(put, TimeSpan.FromMilliseconds(100));
        await put;
        var delete = _storage.Maintenance.DeleteAsync(new QueueMessage("1", "r", "b", 1), default);
        await _clock.PassAsync(delete, TimeSpan.FromMilliseconds(100));

        Assert.True(await delete);
    }

    private Task<RowPage> QueryAsync() => _storage.Journal.QueryAsync("e", new RowRange("", "~"), 1, null, default);
}
