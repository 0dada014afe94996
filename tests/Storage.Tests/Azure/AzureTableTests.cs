using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Diagnostics;
using TimeTagger.Storage.Azure;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>What goes over the wire to the table service and how its answers are understood.</summary>
public sealed class AzureTableTests : IDisposable
{
    private static readonly RowRange All = new("", "~");

    private readonly ManualClock _clock = new();
    private readonly ScriptedService _service = new();
    private readonly ITable _table;

    public AzureTableTests() => _table = _service.Open(_clock).Journal;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Insert_AnswerLostAfterTheRowWasStored_IsFalse()
    {
        _service.ThenBreaks().ThenRefuses(HttpStatusCode.Conflict, "EntityAlreadyExists");

        var insert = _table.InsertAsync(RowOf("z1"), default);
        await _clock.PassAsync(insert, TimeSpan.FromMilliseconds(100));

        Assert.False(await insert);
    }

    [Fact]
    public async Task Insert_ConflictOverTheTable_IsNotATakenKey()
    {
        _service.ThenRefuses(HttpStatusCode.Conflict, "TableBeingDeleted").Then(HttpStatusCode.NoContent);

        var insert = _table.InsertAsync(RowOf("z1"), default);
        await _clock.PassAsync(insert, TimeSpan.FromMilliseconds(100));

        Assert.True(await insert);
    }

    [Fact]
    public async Task MergeAndDelete_GoneOrChanged_AreFalse()
    {
        _service.ThenRefuses(HttpStatusCode.PreconditionFailed, "UpdateConditionNotSatisfied");
        _service.ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound");
        _service.ThenRefuses(HttpStatusCode.PreconditionFailed, "UpdateConditionNotSatisfied");
        _service.ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound");

        Assert.False(await _table.MergeAsync(RowOf("head"), "W/\"1\"", default));
        Assert.False(await _table.MergeAsync(RowOf("head"), null, default));
        Assert.False(await _table.DeleteAsync("e", "head", "W/\"1\"", default));
        Assert.False(await _table.DeleteAsync("e", "head", null, default));

        Assert.Equal(
            ["W/\"1\"", "*", "W/\"1\"", "*"],
            _service.Requests.Select(request => Header(request, "If-Match"))
        );
        Assert.Equal(
            ["PATCH", "PATCH", "DELETE", "DELETE"],
            _service.Requests.Select(request => request.Method.Method)
        );
    }

    [Theory]
    [InlineData(400, "EntityTooLarge")]
    [InlineData(400, "TooManyProperties")]
    [InlineData(400, "PropertyValueTooLarge")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task Merge_ResultTooLarge_IsRefusedAsTheCallersFault(int status, string code)
    {
        _service.ThenRefuses((HttpStatusCode)status, code);

        await Assert.ThrowsAsync<ArgumentException>(() => _table.MergeAsync(RowOf("head"), null, default));
    }

    [Fact]
    public async Task Calls_KeysWithSpecialCharacters_AreQuotedAndEscaped()
    {
        _service.ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound").Then(HttpStatusCode.OK, """{"value":[]}""");

        await _table.GetAsync("e.it's", "50% (a&b)+c", default);
        await _table.QueryAsync("e.it's", new RowRange("a'b", "z%"), 7, null, default);

        Assert.Equal(
            "/acct/journal(PartitionKey='e.it%27%27s',RowKey='50%25%20%28a%26b%29%2Bc')",
            _service.Requests[0].RequestUri!.AbsolutePath
        );
        Assert.Equal("/acct/journal()", _service.Requests[1].RequestUri!.AbsolutePath);
        Assert.EndsWith(
            "&$top=7&$filter="
                + Uri.EscapeDataString("PartitionKey eq 'e.it''s' and RowKey ge 'a''b' and RowKey le 'z%'"),
            _service.Requests[1].RequestUri!.Query,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Insert_Request_AsksForNoBodyAndIsSigned()
    {
        _service.Then(HttpStatusCode.NoContent);

        Assert.True(await _table.InsertAsync(RowOf("z1"), default));

        var request = Assert.Single(_service.Requests);
        Assert.Equal("return-no-content", Header(request, "Prefer"));
        Assert.StartsWith("SharedKeyLite acct:", Header(request, "Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_EmptyPageWithContinuation_GoesOnWhereTheServiceSays()
    {
        _service.Then(
            HttpStatusCode.OK,
            """{"value":[]}""",
            ("x-ms-continuation-NextPartitionKey", "1!8!ZS5h"),
            ("x-ms-continuation-NextRowKey", "1!4!ej+/")
        );
        _service.Then(HttpStatusCode.OK, """{"value":[]}""", ("x-ms-continuation-NextPartitionKey", "1!8!ZS5i"));
        _service.Then(HttpStatusCode.OK, """{"value":[]}""");

        var first = await _table.QueryAsync("e", All, 10, null, default);
        var second = await _table.QueryAsync("e", All, 10, first.Continuation, default);
        var last = await _table.QueryAsync("e", All, 10, second.Continuation, default);

        Assert.Empty(first.Rows);
        Assert.Null(last.Continuation);
        Assert.EndsWith(
            "&NextPartitionKey=1%218%21ZS5h&NextRowKey=1%214%21ej%2B%2F",
            _service.Requests[1].RequestUri!.Query,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "&NextPartitionKey=1%218%21ZS5i",
            _service.Requests[2].RequestUri!.Query,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Query_PageBeyondTheLimits_IsCutAndContinued()
    {
        _service.Then(HttpStatusCode.OK, PageOf(1001, 1)).Then(HttpStatusCode.OK, PageOf(80, 60_000));

        var many = await _table.QueryAsync("e", All, 1000, null, default);
        var large = await _table.QueryAsync("e", All, 1000, null, default);

        Assert.Equal(1000, many.Rows.Count);
        Assert.NotNull(many.Continuation);
        Assert.InRange(large.Rows.Sum(RowRules.SizeOf), 1, RowLimits.PageBytes);
        Assert.NotNull(large.Continuation);
    }

    [Fact]
    public async Task Query_ServiceWithAnotherClock_TellsItsTime()
    {
        _service.Then(HttpStatusCode.OK, """{"value":[]}""", ("Date", "Mon, 05 Jan 2026 08:00:00 GMT"));

        var page = await _table.QueryAsync("e", All, 1, null, default);

        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromHours(1), page.Date);
    }

    [Fact]
    public async Task Get_EveryTypeAsTheServiceWritesIt_IsRead()
    {
        _service.Then(
            HttpStatusCode.OK,
            """
            {"odata.metadata":"x","odata.etag":"W/\"datetime'2026'\"","PartitionKey":"e","RowKey":"k",
            "Timestamp@odata.type":"Edm.DateTime","Timestamp":"2026-01-05T09:00:00Z","Text":"a","Yes":true,
            "Long@odata.type":"Edm.Int64","Long":"9007199254740993","Bytes@odata.type":"Edm.Binary","Bytes":"AQI=",
            "Whole":2.0,"Half":1.5,"Small":7}
            """
        );

        var row = (await _table.GetAsync("e", "k", default))!;

        Assert.Equal("W/\"datetime'2026'\"", row.ETag);
        Assert.Equal(
            new Dictionary<string, object>
            {
                ["Text"] = "a",
                ["Yes"] = true,
                ["Long"] = 9007199254740993L,
                ["Whole"] = 2.0,
                ["Half"] = 1.5,
                ["Small"] = 7L,
            },
            row.Properties.Where(property => property.Key != "Bytes").ToDictionary()
        );
        Assert.Equal([1, 2], row.Bytes("Bytes"));
    }

    [Fact]
    public async Task Insert_NoTable_MakesItAndIsDone()
    {
        _service.ThenRefuses(HttpStatusCode.NotFound, "TableNotFound");
        _service.ThenRefuses(HttpStatusCode.Conflict, "TableAlreadyExists"); // Another instance was faster.
        _service.Then(HttpStatusCode.NoContent);

        var insert = _table.InsertAsync(RowOf("z1"), default);
        Assert.True(await insert);

        Assert.Equal(
            ["/acct/journal", "/acct/Tables", "/acct/journal"],
            _service.Requests.Select(request => request.RequestUri!.AbsolutePath)
        );
    }

    [Fact]
    public async Task Get_NoTableAndNotOursToMake_IsUnavailable()
    {
        _service.ThenRefuses(HttpStatusCode.NotFound, "TableNotFound");
        var table = _service.Open(_clock, _service.Options with { CreateMissing = false }).Journal;

        var error = await Assert.ThrowsAsync<StorageUnavailableException>(() => table.GetAsync("e", "k", default));

        Assert.Equal("Azure table journal, get: 404 TableNotFound.", error.Message);
    }

    [Fact]
    public async Task Delete_NoTable_IsNotTakenForNoRow()
    {
        _service.ThenRefuses(HttpStatusCode.NotFound, "TableNotFound");
        _service.Then(HttpStatusCode.Created, """{"TableName":"journal"}""");
        _service.ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound");
        _service.ThenRefuses(HttpStatusCode.NotFound, "TableNotFound");
        var notOurs = _service.Open(_clock, _service.Options with { CreateMissing = false }).Journal;

        Assert.False(await _table.DeleteAsync("e", "k", null, default));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => notOurs.DeleteAsync("e", "k", null, default));

        Assert.Equal(
            ["/acct/journal(PartitionKey='e',RowKey='k')", "/acct/Tables"],
            _service.Requests.Select(request => request.RequestUri!.AbsolutePath).Distinct()
        );
    }

    [Fact]
    public async Task InsertAndMerge_TextBeyondAscii_IsAsciiOnTheWire()
    {
        // The emulator damages a longer character that lies across two packets.
        const string Text = "äöü € 漢字 🕰 \u2028";
        _service.Then(HttpStatusCode.NoContent).Then(HttpStatusCode.NoContent);
        var row = new Row("e", "k", new Dictionary<string, object> { ["Name"] = Text });

        await _table.InsertAsync(row, default);
        await _table.MergeAsync(row, null, default);

        Assert.All(
            _service.Bodies,
            body =>
            {
                Assert.DoesNotContain(body, letter => letter > 0x7F);
                Assert.Equal(Text, JsonDocument.Parse(body).RootElement.GetProperty("Name").GetString());
            }
        );
    }

    [Fact]
    public async Task Calls_ExpectedRefusals_AreNotLoggedByThePackages()
    {
        var lines = new ConcurrentQueue<string>();
        using var listener = new AzureEventSourceListener((_, line) => lines.Enqueue(line), EventLevel.LogAlways);
        _service.ThenRefuses(HttpStatusCode.Conflict, "EntityAlreadyExists");
        _service.ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound");
        _service.ThenRefuses(HttpStatusCode.NotFound, "ResourceNotFound");
        _service.ThenRefuses(HttpStatusCode.PreconditionFailed, "UpdateConditionNotSatisfied");
        _service.ThenRefusesInXml(HttpStatusCode.NotFound, "BlobNotFound");

        Assert.False(await _table.InsertAsync(RowOf("z1"), default));
        Assert.Null(await _table.GetAsync("e", "z2", default));
        Assert.False(await _table.DeleteAsync("e", "z2", null, default));
        Assert.False(await _table.MergeAsync(RowOf("z1"), "W/\"1\"", default));
        Assert.Null(await _service.Open(_clock).Snapshots.GetAsync("a/b", default));

        Assert.Empty(lines);
    }

    [Fact]
    public async Task Calls_Identity_CarryItsToken()
    {
        _service.Then(HttpStatusCode.OK, """{"value":[]}""");
        var options = AzureStorageOptions.FromIdentity(
            new Uri("https://acct.table.test"),
            new Uri("https://acct.blob.test"),
            new Uri("https://acct.queue.test"),
            new TestIdentity()
        );
        var table = _service.Open(_clock, options with { Transport = _service.Options.Transport }).Journal;

        await table.QueryAsync("e", All, 1, null, default);

        var request = Assert.Single(_service.Requests);
        Assert.Equal("Bearer token-for-https://storage.azure.com/.default", Header(request, "Authorization"));
        Assert.Equal("https://acct.table.test/journal()", request.RequestUri!.GetLeftPart(UriPartial.Path));
    }

    private static Row RowOf(string key) => new("e", key, new Dictionary<string, object> { ["St"] = 1L });

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static string PageOf(int rows, int bytes)
    {
        var content = Convert.ToBase64String(new byte[bytes]);
        var entities = Enumerable
            .Range(0, rows)
            .Select(number => number.ToString("D5", CultureInfo.InvariantCulture))
            .Select(number =>
                $$"""{"PartitionKey":"e","RowKey":"z{{number}}","D0@odata.type":"Edm.Binary","D0":"{{content}}"}"""
            );
        return $$"""{"value":[{{string.Join(',', entities)}}]}""";
    }

    private sealed class TestIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token-for-" + string.Join(' ', requestContext.Scopes), DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
