using System.Runtime.CompilerServices;

namespace TimeTagger.Local.Watching;

/// <summary>What a page needs to know.</summary>
/// <param name="Build">Which good build is served; another after a restart.</param>
/// <param name="Before">The build before.</param>
/// <param name="Styles">The style sheets, where nothing but they differs from the build before.</param>
/// <param name="Problem">What is wrong with the sources since, or null.</param>
internal sealed record WatchNews(string Build, string? Before, IReadOnlyList<string>? Styles, string? Problem);

/// <summary>How the site is, for any number of pages to follow.</summary>
internal sealed class WatchState : IDisposable
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _builds;

    public WatchState() => Current = new WatchNews($"{_run}-0", null, null, null);

    /// <summary>The last news.</summary>
    public WatchNews Current { get; private set; }

    public void Built(IReadOnlyList<string>? styles) =>
        Tell(now => new WatchNews($"{_run}-{++_builds}", now.Build, styles, null));

    public void Failed(string problem) => Tell(now => now with { Problem = problem });

    public void Recovered() => Tell(now => now with { Problem = null });

    /// <summary>The news, from now on and until the end; what is outdated when it would be told is left out.</summary>
    public async IAsyncEnumerable<WatchNews> FollowAsync([EnumeratorCancellation] CancellationToken left)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, _over.Token);
        while (true)
        {
            WatchNews now;
            Task changed;
            lock (_lock)
            {
                (now, changed) = (Current, _changed.Task);
            }

            yield return now;
            await changed.WaitAsync(either.Token);
        }
    }

    /// <summary>Ends what is followed.</summary>
    public void Dispose() => _over.Cancel();

    private void Tell(Func<WatchNews, WatchNews> news)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            Current = news(Current);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
