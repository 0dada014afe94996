using NCrontab;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>When a timer is due: a cron expression of six fields, or of five without seconds. The clock is UTC, as on Flex.</summary>
internal sealed class Schedule
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // The 29th of February on a given day of the week comes once in 28 years, and 40 around a century.
    private const int YearsToLookAhead = 41;

    private readonly CrontabSchedule _schedule;

    private Schedule(CrontabSchedule schedule) => _schedule = schedule;

    /// <exception cref="FormatException">The text is none.</exception>
    public static Schedule Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields != 5 };
        return CrontabSchedule.TryParse(text, options) is { } schedule
            ? new Schedule(schedule)
            : throw new FormatException($"'{text}' is no schedule.");
    }

    /// <summary>The first time after another, or null where there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var end = after.UtcDateTime.AddYears(YearsToLookAhead);
        var next = _schedule.GetNextOccurrence(after.UtcDateTime, end);
        return next < end ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Whether the host remembers when it ran: where at least a minute lies between two times.</summary>
    public bool IsRemembered(DateTimeOffset now) =>
        Next(now) is { } first && (Next(first) is not { } second || second - first >= Minute);
}
