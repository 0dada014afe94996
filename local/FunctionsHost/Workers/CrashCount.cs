namespace TimeTagger.FunctionsHost.Workers;

/// <summary>Counts how often the worker ended when it should not have: the third time within half an hour is too often.</summary>
internal sealed class CrashCount(TimeProvider time)
{
    private const int Allowed = 3;
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);

    private readonly Queue<long> _crashes = [];

    /// <summary>Counts one more.</summary>
    /// <returns>Whether it is one too many.</returns>
    public bool AddIsLast()
    {
        _crashes.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_crashes.Peek()) > Forgotten)
        {
            _crashes.Dequeue();
        }

        return _crashes.Count >= Allowed;
    }
}
