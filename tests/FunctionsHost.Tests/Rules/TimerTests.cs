using System.Text.Json;
using TimeTagger.FunctionsHost.Tests.Emulator;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Timers as the host runs them.</summary>
public sealed class TimerTests : IDisposable
{
    private const string EverySecond = "* * * * * *";
    private const string Yearly = "0 0 0 1 1 *";

    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Timer_OfLessThanAMinute_RunsWithoutAMemory()
    {
        await using var host = Start(EverySecond, "--state", _package.State);

        var timer = (await _package.NotedAsync("call", 2))[1].GetProperty("data");

        Assert.False(timer.GetProperty("IsPastDue").GetBoolean());
        Assert.True(timer.GetProperty("Schedule").GetProperty("AdjustForDST").GetBoolean());
        Assert.Equal(JsonValueKind.Null, timer.GetProperty("ScheduleStatus").ValueKind);
        Assert.False(File.Exists(StatusFile));
        await host.LineAsync("Executing 'Functions.Tick' (Reason='Timer fired at ", 2);
        await host.LineAsync("Executed 'Functions.Tick' (Succeeded", 2);
    }

    [Fact]
    public async Task Timer_OfAMinuteAndMore_HasAStatus()
    {
        await using var host = Start(Yearly, ""","runOnStartup":true""", "--state", _package.State);
        await host.LineAsync("Executed 'Functions.Tick' (Succeeded");

        var status = Assert.Single(_package.Noted("call")).GetProperty("data").GetProperty("ScheduleStatus");

        Assert.Equal(default, status.GetProperty("Last").GetDateTimeOffset());
        var next = status.GetProperty("Next").GetDateTimeOffset();
        Assert.Equal((1, 1, TimeSpan.Zero), (next.Month, next.Day, next.TimeOfDay));
        Assert.True(File.Exists(StatusFile));
    }

    [Fact]
    public async Task Timer_MissedManyTimes_RunsOnceAndSaysSo()
    {
        await RememberAsync("2020-01-01T00:00:00+00:00", "2021-01-01T00:00:00+00:00");
        await using (var host = Start(Yearly, "--state", _package.State))
        {
            await host.LineAsync("Executed 'Functions.Tick' (Succeeded");
        }

        await using (var host = Start(Yearly, "--state", _package.State))
        {
            await host.LineAsync("The worker is ready.");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        var timer = Assert.Single(_package.Noted("call")).GetProperty("data");
        Assert.True(timer.GetProperty("IsPastDue").GetBoolean());
        var status = timer.GetProperty("ScheduleStatus");
        Assert.Equal(2020, status.GetProperty("Last").GetDateTimeOffset().Year);
    }

    [Fact]
    public async Task Timer_WithAnotherScheduleThanThen_HasMissedNothing()
    {
        await RememberAsync("2020-01-01T00:00:00+00:00", "2020-01-01T00:15:00+00:00");
        await using var host = Start(Yearly, "--state", _package.State);

        await host.LineAsync("The worker is ready.");
        await Task.Delay(TimeSpan.FromSeconds(1));

        Assert.Empty(_package.Noted("call"));
    }

    [Fact]
    public async Task Timer_ThatFails_RunsAgainWhenItIsNextDue()
    {
        await using var host = Start([("SCRIPT_TIMER", "fail")], EverySecond);

        await host.LineAsync("Executed 'Functions.Tick' (Failed", 2);
    }

    [Fact]
    public async Task Timer_ThatTakesLong_NeverRunsTwiceAtATime()
    {
        await using var host = Start([("SCRIPT_TIMER", "slow")], EverySecond);

        await host.LineAsync("Executed 'Functions.Tick' (Succeeded", 2);

        var lines = host.Lines.Where(line => line.Contains("'Functions.Tick'", StringComparison.Ordinal)).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            Assert.StartsWith(i % 2 == 0 ? "Executing" : "Executed", lines[i], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Timer_OfTwoHostsThatShareTheirState_RunsInOneUntilThatIsGone()
    {
        await using var first = Start(EverySecond, "--state", _package.State);
        await first.LineAsync("Executed 'Functions.Tick'");
        await using var second = Start(EverySecond, "--state", _package.State);
        await second.LineAsync("The worker is ready.");
        await first.LineAsync("Executed 'Functions.Tick'", 4);
        Assert.DoesNotContain("Functions.Tick'", second.Output, StringComparison.Ordinal);

        await ProcessTable.SignalAsync(first.Id, "KILL");

        await second.LineAsync("Executed 'Functions.Tick'");
    }

    private string StatusFile => Path.Combine(_package.State, "Tick.json");

    private async Task RememberAsync(string last, string next)
    {
        Directory.CreateDirectory(_package.State);
        await File.WriteAllTextAsync(
            StatusFile,
            $$"""{"Last":"{{last}}","Next":"{{next}}","LastUpdated":"{{last}}"}"""
        );
    }

    private HostProgram Start(string schedule, params string[] args) => Start([], schedule, args);

    private HostProgram Start(IEnumerable<(string, string?)> environment, string schedule, params string[] args)
    {
        var more = args is [['"' or ',', ..] properties, ..] ? properties : "";
        _package.Function(
            "Tick",
            $$"""{"type":"timerTrigger","direction":"In","name":"timer","schedule":"{{schedule}}"{{more}}}"""
        );
        return _package.Start(environment, more.Length > 0 ? args[1..] : args);
    }
}
