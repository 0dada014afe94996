using TimeTagger.Api.Tests.Contract;
using TimeTagger.Api.Tests.Server;
using static TimeTagger.Api.Tests.Server.ApiClient;

namespace TimeTagger.Api.Tests.Records;

/// <summary>GET records: what a time range and the filters select.</summary>
public sealed class RecordsQueryTests : IClassFixture<RecordsQueryTests.Sample>
{
    private readonly Sample _sample;

    public RecordsQueryTests(Sample sample) => _sample = sample;

    [Rule("8.1", "8.2")]
    [Theory]
    [InlineData("records", "/records needs timerange (2 timestamps)")]
    [InlineData("records?timerange=", "/records needs timerange (2 timestamps)")]
    [InlineData("records?timerange=%20", "/records needs timerange (2 timestamps)")]
    [InlineData("records?timerange=5", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=1-", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=-", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=-1-5", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=1-2-3", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=1e-2-5", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=a-b", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=nan-5", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=0-inf", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=0-1e999", "/records timerange needs 2 numbers (timestamps)")]
    [InlineData("records?timerange=0%E2%80%935", "/records timerange needs 2 numbers (timestamps)")]
    public async Task Get_WithoutATimeRange_IsABadRequest(string path, string text)
    {
        (await _sample.Account.GetAsync(path)).AssertRefused(400, $"bad request: {text}");
    }

    [Rule("8.3", "8.4", "8.5", "8.6", "8.13")]
    [Theory]
    [InlineData("0-99", "")]
    [InlineData("0-100", "past")]
    [InlineData("150-160", "past")]
    [InlineData("200-200", "past")]
    [InlineData("201-299", "")]
    [InlineData("0-9999", "past,running,inverted,hidden,lower,bare")]
    [InlineData("99.9-100.9", "past")]
    [InlineData(" 0 - 100 ", "past")]
    [InlineData("0-1e300", "past,running,inverted,hidden,lower,bare")]
    [InlineData("99999-99999999999999999999", "running")]
    [InlineData("350-350", "running")]
    [InlineData("180-120", "past")]
    [InlineData("201-120", "")]
    [InlineData("450-450", "running")]
    [InlineData("400-500", "running,inverted")]
    public async Task Get_TimeRange_SelectsWhatTouchesIt(string range, string keys)
    {
        await AssertSelectsAsync($"timerange={Uri.EscapeDataString(range)}", keys);
    }

    [Rule("8.7", "8.8", "8.9", "8.10", "8.11", "8.12")]
    [Theory]
    [InlineData("running=1", "running")]
    [InlineData("running=anything", "running")]
    [InlineData("running=%20FALSE%20", "past,inverted,hidden,lower,bare")]
    [InlineData("running=0", "past,inverted,hidden,lower,bare")]
    [InlineData("running=", "past,running,inverted,hidden,lower,bare")]
    [InlineData("running=%20", "past,running,inverted,hidden,lower,bare")]
    [InlineData("hidden=yes", "hidden")]
    [InlineData("hidden=off&running=n", "past,inverted,lower,bare")]
    [InlineData("hidden=no&hidden=yes", "hidden")]
    [InlineData("tag=work", "past,running")]
    [InlineData("tag=%23WORK", "past,running")]
    [InlineData("tag=work,home", "past")]
    [InlineData("tag=%20home%20,,%23work", "past")]
    [InlineData("tag=wor", "")]
    [InlineData("tag=w%25", "")]
    [InlineData("tag=%C3%BCber", "inverted")]
    [InlineData("tag=", "past,running,inverted,hidden,lower,bare")]
    [InlineData("tag=%00", "")]
    [InlineData("tag=%FF", "")]
    [InlineData("tag=work&running=1&hidden=0&unknown=1", "running")]
    public async Task Get_Filters_AllHaveToHold(string query, string keys)
    {
        await AssertSelectsAsync($"timerange=0-9999&{query}", keys);
    }

    [Rule("8.11")]
    [Fact]
    public async Task Get_TwoThousandTags_IsAnswered()
    {
        await AssertSelectsAsync(
            "timerange=0-9999&tag=" + string.Join(',', Enumerable.Repeat("work", 1500)),
            "past,running"
        );
    }

    private async Task AssertSelectsAsync(string query, string keys)
    {
        var records = (await _sample.Account.GetJsonAsync($"records?{query}")).GetProperty("records").EnumerateArray();

        Assert.Equal(keys, string.Join(',', records.Select(Poll.KeyOf)));
    }

    /// <summary>A server whose one account holds a record of each sort; none of the tests changes it.</summary>
    public sealed class Sample : IAsyncLifetime
    {
        private readonly ServerFixture _fixture = new();

        internal ApiClient Account { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await _fixture.InitializeAsync();
            Account = await _fixture.NewAccountAsync();
            string[] records =
            [
                Record("running", 1, 300, 300, "#work, now"),
                Record("hidden", 1, 600, 700, "HIDDEN #gone"),
                Record("past", 1, 100, 200, "a#work. and ##home"),
                Record("lower", 1, 600, 700, "hidden #workshop"),
                Record("inverted", 1, 500, 400, "#über-all #über"),
                Record("bare", 1, 650, 700),
            ];
            await Account.StoreAsync("records", $"[{string.Join(',', records)}]");
        }

        public Task DisposeAsync() => _fixture.DisposeAsync();
    }
}
