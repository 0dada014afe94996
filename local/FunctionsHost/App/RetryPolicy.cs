using System.Globalization;

namespace TimeTagger.FunctionsHost.App;

/// <summary>How often, and after which pauses, a function that failed is called again before it counts as failed.</summary>
/// <param name="MaxRetryCount">How often; -1 for without end.</param>
/// <param name="FirstPause">The first pause.</param>
/// <param name="LongestPause">What pauses grow to, each twice as long as the one before.</param>
internal sealed record RetryPolicy(int MaxRetryCount, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>What <c>retry</c> of host.json or function.json says.</summary>
    /// <param name="property">The text of one of its properties, or null.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="FormatException">The host would not take it.</exception>
    public static RetryPolicy? From(Func<string, string?> property)
    {
        var strategy = property("strategy");
        var (first, longest) = strategy?.ToUpperInvariant() switch
        {
            null => (null, null),
            "FIXEDDELAY" => ("delayInterval", "delayInterval"),
            "EXPONENTIALBACKOFF" => ("minimumInterval", "maximumInterval"),
            _ => throw new FormatException($"retry: there is no strategy '{strategy}'."),
        };
        return first is null ? null : new RetryPolicy(Count(), Time(first), Time(longest!));

        int Count() =>
            int.TryParse(
                property("maxRetryCount"),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var count
            )
            && count >= -1
                ? count
                : throw new FormatException("retry: maxRetryCount must be a number, or -1.");

        TimeSpan Time(string name) =>
            TimeSpan.TryParse(property(name), CultureInfo.InvariantCulture, out var time)
                ? time
                : throw new FormatException($"retry: {name} must be a time.");
    }

    /// <summary>Whether there is a retry of this number, the first being 1.</summary>
    public bool Allows(int retry) => MaxRetryCount < 0 || retry <= MaxRetryCount;

    /// <summary>The pause before the retry of this number.</summary>
    public TimeSpan PauseBefore(int retry) =>
        TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, retry - 1)));
}
