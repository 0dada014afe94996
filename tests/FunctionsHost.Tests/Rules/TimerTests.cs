using System.Globalization;
using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.FunctionsHost.Timers;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Timers as the host runs them.</summary>
public sealed class TimerTests : IDisposable
{
    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Theory]
    [InlineData("0 */15 * * * *", "2026-11-22T10:27:41", "2026-11-22T10:30:00")]
    [InlineData("0 */15 * * * *", "2026-11-22T10:30:00", "2026-11-22T10:45:00")]
    [InlineData("* * * * * *", "2026-12-31T23:59:59", "2027-01-01T00:00:00")]
    [InlineData("5,35 0-10/5 1 * * *", "2026-11-22T01:00:05", "2026-11-22T01:00:35")]
    [InlineData("5,35 0-10/5 1 * * *", "2026-11-22T01:10:35", "2026-11-23T01:00:05")]
    [InlineData("0 0 0 29 2 *", "2026-11-22T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("0 30 9 * * 1-5", "2026-11-20T09:30:00", "2026-11-23T09:30:00")]
    [InlineData("0 0 0 31 2 *", "2026-11-22T00:00:00", null)]
    public void Schedule_AfterATime_IsNextAt(string schedule, string after, string? next) =>
        Assert.Equal(next is null ? null : Utc(next), Ncrontab.Parse(schedule)!.Next(Utc(after)));

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("* * * 0 * *")]
    [InlineData("*/0 * * * * *")]
    [InlineData("5-1 * * * * *")]
    [InlineData("x * * * * *")]
    [InlineData("1/2/3 * * * * *")]
    public void Schedule_ThatIsNone_IsRefused(string schedule) => Assert.Null(Ncrontab.Parse(schedule));

    [Fact]
    public async Task Timer_ThatIsDue_SendsItsStatus()
    {
        await using var host = Start("* * * * * *", "--state", _package.State);

        var timer = Timer((await _package.ReceivedAsync("Tick", 2))[1]);

        Assert.False(timer.GetProperty("IsPastDue").GetBoolean());
        Assert.True(timer.GetProperty("Schedule").GetProperty("AdjustForDST").GetBoolean());
        var status = timer.GetProperty("ScheduleStatus");
        Assert.True(status.GetProperty("Last").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-1));
        await host.LineAsync("Tick: Succeeded", 2);
    }

    [Fact]
    public async Task Timer_WithoutAMemory_HasNoStatus()
    {
        await using var host = Start("* * * * * *");

        var timer = Timer((await _package.ReceivedAsync("Tick", 1))[0]);

        Assert.Equal(JsonValueKind.Null, timer.GetProperty("ScheduleStatus").ValueKind);
    }

    [Fact]
    public async Task Timer_MissedManyTimes_RunsOnceAndSaysSo()
    {
        Directory.CreateDirectory(_package.State);
        File.WriteAllText(
            Path.Combine(_package.State, "Tick.json"),
            """{"Last":"2020-01-01T00:00:00+00:00","Next":"2020-01-01T00:15:00+00:00","LastUpdated":"2020-01-01T00:00:00+00:00"}"""
        );
        await using (var host = Start("0 0 0 1 1 *", "--state", _package.State))
        {
            await host.LineAsync("Tick: Succeeded");
        }

        await using (var host = Start("0 0 0 1 1 *", "--state", _package.State))
        {
            await host.LineAsync("The handler is ready.");
        }

        Assert.True(
            Timer(Assert.Single(await _package.ReceivedAsync("Tick", 1))).GetProperty("IsPastDue").GetBoolean()
        );
    }

    [Fact]
    public async Task Timer_ThatFails_RunsAgainWhenItIsNextDue()
    {
        await using var host = Start([("SCRIPT_TIMER", "500")], "* * * * * *");

        await host.LineAsync("Tick: Failed", 2);
    }

    [Fact]
    public async Task Timer_ThatTakesLong_NeverRunsTwiceAtATime()
    {
        await using var host = Start([("SCRIPT_TIMER", "slow")], "* * * * * *");

        await host.LineAsync("Tick: Succeeded", 2);

        // Two calls that each took 1.5 s have ended, and no more than the next one has begun.
        Assert.InRange((await _package.ReceivedAsync("Tick", 2)).Count, 2, 3);
    }

    private HostProgram Start(string schedule, params string[] args) => Start([], schedule, args);

    private HostProgram Start(IEnumerable<(string, string?)> environment, string schedule, params string[] args)
    {
        _package.Function(
            "Tick",
            $$"""{"type":"timerTrigger","direction":"in","name":"timer","schedule":"{{schedule}}"}"""
        );
        return _package.Start(environment, args);
    }

    private static JsonElement Timer(JsonElement call) =>
        JsonSerializer
            .Deserialize<JsonElement>(call.GetProperty("body").GetString()!)
            .GetProperty("Data")
            .GetProperty("timer");

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
