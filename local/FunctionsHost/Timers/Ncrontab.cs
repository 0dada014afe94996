using System.Globalization;

namespace TimeTagger.FunctionsHost.Timers;

/// <summary>
/// A schedule of six fields: second, minute, hour, day, month, day of the week. A field is <c>*</c>, a number, a range, either
/// of them with a step, or a list of those. The clock is UTC, as in Azure.
/// </summary>
internal sealed class Ncrontab
{
    private static readonly (int Least, int Most)[] Limits = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

    // The 29th of February on a given day of the week comes once in 28 years, and 40 around a century.
    private const int DaysToLookAhead = 366 * 41;

    private readonly bool[][] _fields;

    private Ncrontab(bool[][] fields) => _fields = fields;

    /// <returns>The schedule, or null where the text is none.</returns>
    public static Ncrontab? Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Limits.Length)
        {
            return null;
        }

        var fields = parts.Select((part, i) => Field(part, Limits[i])).ToArray();
        return Array.TrueForAll(fields, field => field is not null) ? new Ncrontab(fields!) : null;
    }

    /// <summary>The first time after another, or null where there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var start = after.UtcDateTime.AddTicks(-(after.UtcTicks % TimeSpan.TicksPerSecond)).AddSeconds(1);
        for (var day = start.Date; day < start.Date.AddDays(DaysToLookAhead); day = day.AddDays(1))
        {
            if (
                _fields[3][day.Day]
                && _fields[4][day.Month]
                && _fields[5][(int)day.DayOfWeek]
                && FirstOf(day == start.Date ? start.TimeOfDay : TimeSpan.Zero) is { } time
            )
            {
                return new DateTimeOffset(day + time, TimeSpan.Zero);
            }
        }

        return null;
    }

    private TimeSpan? FirstOf(TimeSpan from)
    {
        for (var time = from; time < TimeSpan.FromDays(1); )
        {
            if (!_fields[2][time.Hours])
            {
                time = new TimeSpan(time.Hours + 1, 0, 0);
            }
            else if (!_fields[1][time.Minutes])
            {
                time = new TimeSpan(time.Hours, time.Minutes + 1, 0);
            }
            else if (!_fields[0][time.Seconds])
            {
                time += TimeSpan.FromSeconds(1);
            }
            else
            {
                return time;
            }
        }

        return null;
    }

    private static bool[]? Field(string text, (int Least, int Most) limits)
    {
        var field = new bool[limits.Most + 1];
        foreach (var part in text.Split(','))
        {
            if (Values(part, limits) is not { } values)
            {
                return null;
            }

            foreach (var value in values)
            {
                field[value] = true;
            }
        }

        return field;
    }

    private static IEnumerable<int>? Values(string text, (int Least, int Most) limits)
    {
        var (range, step) = text.Split('/') switch
        {
            [var all] => (all, 1),
            [var some, var every] when Number(every) is > 0 and { } number => (some, number),
            _ => ("", 0),
        };
        var hasStep = text.Contains('/', StringComparison.Ordinal);
        (int? first, int? last) = range.Split('-') switch
        {
            ["*"] => (limits.Least, limits.Most),
            [var one] => (Number(one), hasStep ? limits.Most : Number(one)),
            [var from, var to] => (Number(from), Number(to)),
            _ => (null, null),
        };
        return first >= limits.Least && last <= limits.Most && first <= last
            ? Enumerable.Range(first.Value, last.Value - first.Value + 1).Where(value => (value - first) % step == 0)
            : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
