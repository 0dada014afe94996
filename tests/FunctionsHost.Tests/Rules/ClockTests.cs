using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.FunctionsHost.Queues;
using TimeTagger.FunctionsHost.Timers;
using TimeTagger.FunctionsHost.Workers;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What takes minutes and years.</summary>
public sealed class ClockTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("0 */15 * * * *", "2026-11-22T10:27:41", "2026-11-22T10:30:00")]
    [InlineData("0 */15 * * * *", "2026-11-22T10:30:00", "2026-11-22T10:45:00")]
    [InlineData("*/15 * * * *", "2026-11-22T10:27:41", "2026-11-22T10:30:00")] // five fields: no seconds
    [InlineData("* * * * * *", "2026-12-31T23:59:59", "2027-01-01T00:00:00")]
    [InlineData("5,35 0-10/5 1 * * *", "2026-11-22T01:00:05", "2026-11-22T01:00:35")]
    [InlineData("5,35 0-10/5 1 * * *", "2026-11-22T01:10:35", "2026-11-23T01:00:05")]
    [InlineData("0 0 0 29 2 *", "2026-11-22T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("0 30 9 * * Mon-Fri", "2026-11-20T09:30:00", "2026-11-23T09:30:00")]
    [InlineData("0 0 0 31 2 *", "2026-11-22T00:00:00", null)]
    public void Schedule_AfterATime_IsNextAt(string schedule, string after, string? next) =>
        Assert.Equal(next is null ? null : Utc(next), Schedule.Parse(schedule).Next(Utc(after)));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("* * * 0 * *")]
    [InlineData("x * * * * *")]
    [InlineData("00:00:10")]
    public void Schedule_ThatIsNone_IsRefused(string schedule) =>
        Assert.Throws<FormatException>(() => Schedule.Parse(schedule));

    [Theory]
    [InlineData("*/30 * * * * *", false)]
    [InlineData("* * * * * *", false)]
    [InlineData("0 * * * * *", true)]
    [InlineData("0 */15 * * * *", true)]
    [InlineData("0 0 0 1 1 *", true)]
    public void Schedule_OfAMinuteAndMore_IsRemembered(string schedule, bool isRemembered) =>
        Assert.Equal(isRemembered, Schedule.Parse(schedule).IsRemembered(Utc("2026-11-22T10:27:41")));

    [Fact]
    public async Task Lease_IsRenewedAtHalfTimeForAsLongAsTheFunctionWorks()
    {
        var (working, renewed) = (new TaskCompletionSource(), new List<string>());
        var lease = new Lease("0", Renew, _time);
        var holding = lease.HoldAsync(working.Task);

        for (var minute = 1; minute <= 14; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
            Assert.Equal(minute / 5, renewed.Count);
        }

        working.SetResult();
        Assert.Equal("2", await holding);
        Assert.Equal(["0", "1"], renewed);

        Task<string> Renew(string receipt)
        {
            renewed.Add(receipt);
            return Task.FromResult($"{renewed.Count}");
        }
    }

    [Theory]
    [InlineData(0, 10, 29, true)]
    [InlineData(0, 10, 31, false)]
    public void Crash_TheThirdWithinHalfAnHour_IsTheLast(int first, int second, int third, bool isLast)
    {
        var crashes = new CrashCount(_time);
        var start = _time.GetUtcNow();

        Assert.False(At(first));
        Assert.False(At(second));
        Assert.Equal(isLast, At(third));

        bool At(int minute)
        {
            _time.SetUtcNow(start.AddMinutes(minute));
            return crashes.AddIsLast();
        }
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
