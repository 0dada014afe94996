using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace TimeTagger.Domain;

/// <summary>
/// An instant on the server's clock, counted in steps of 0.0001 s since 1970 (UTC). It is exact where a floating
/// point number of seconds is not, so "one step later" is always later and nothing is sent twice or missed.
/// </summary>
/// <param name="Steps">Steps of 0.0001 s since the Unix epoch.</param>
public readonly record struct ServerTime(long Steps) : IComparable<ServerTime>
{
    /// <summary>Steps in a second.</summary>
    public const int StepsPerSecond = 10_000;

    /// <summary>The longest an instant is as text, in characters of ASCII.</summary>
    public const int MaxTextLength = 21;

    /// <summary>The reset time of an account that was never reset: −1 s, which every real cursor is above.</summary>
    public static readonly ServerTime Never = new(-StepsPerSecond);

    /// <summary>
    /// Seconds since 1970. The division is correctly rounded, so this is the number that a client gets when it
    /// parses <see cref="ToString()"/>: comparing the two is exact.
    /// </summary>
    public double Seconds => Steps / (double)StepsPerSecond;

    /// <summary>The instant one step (0.0001 s) later.</summary>
    public ServerTime Next => new(Steps + 1);

    /// <summary>The instant of a clock reading, rounded down to a step.</summary>
    public static ServerTime From(DateTimeOffset instant) =>
        new((instant - DateTimeOffset.UnixEpoch).Ticks / (TimeSpan.TicksPerSecond / StepsPerSecond));

    /// <summary>The later of two.</summary>
    public static ServerTime Max(ServerTime a, ServerTime b) => a.Steps >= b.Steps ? a : b;

    /// <inheritdoc/>
    public int CompareTo(ServerTime other) => Steps.CompareTo(other.Steps);

    /// <summary>Seconds with exactly four decimals, so always with a decimal point: clients expect a float.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    /// <summary>Writes <see cref="ToString()"/> as UTF-8.</summary>
    /// <param name="utf8">At least <see cref="MaxTextLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public int Format(Span<byte> utf8)
    {
        var (seconds, steps) = Math.DivRem(Math.Abs(Steps), StepsPerSecond);
        var sign = Steps < 0 ? "-" : "";
        return Utf8.TryWrite(utf8, CultureInfo.InvariantCulture, $"{sign}{seconds}.{steps:D4}", out var written)
            ? written
            : throw new ArgumentException($"Needs {MaxTextLength} bytes.", nameof(utf8));
    }

    /// <summary>Compares two instants.</summary>
    public static bool operator <(ServerTime a, ServerTime b) => a.Steps < b.Steps;

    /// <summary>Compares two instants.</summary>
    public static bool operator >(ServerTime a, ServerTime b) => a.Steps > b.Steps;

    /// <summary>Compares two instants.</summary>
    public static bool operator <=(ServerTime a, ServerTime b) => a.Steps <= b.Steps;

    /// <summary>Compares two instants.</summary>
    public static bool operator >=(ServerTime a, ServerTime b) => a.Steps >= b.Steps;
}
