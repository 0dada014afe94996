namespace TimeTagger.Api.Limits;

/// <summary>Keeps what could be said for every call from filling the log. Thread-safe.</summary>
internal sealed class OnceAMinute(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long? _last;

    /// <summary>Whether it is the first time in a minute.</summary>
    internal bool IsDue()
    {
        lock (_lock)
        {
            if (_last is { } last && clock.GetElapsedTime(last) < TimeSpan.FromMinutes(1))
            {
                return false;
            }

            _last = clock.GetTimestamp();
            return true;
        }
    }
}
