namespace TimeTagger.SiteBuilder.Watching;

/// <summary>Builds the site whenever a source has changed, and tells the program that serves it, one JSON object a line.</summary>
internal sealed class WatchLoop(SiteOptions options, WatchEvents events, TimeProvider time)
{
    /// <summary>Goes on until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var site = new Site(options);
        using var watcher = new SourceWatcher(options, time, events.NeedsRestart);
        while (true)
        {
            await BuildAsync(site, stopping);
            await watcher.ChangedAsync(stopping);
        }
    }

    private async Task BuildAsync(Site site, CancellationToken stopping)
    {
        try
        {
            events.Built(await site.BuildAsync(events.Log, stopping));
        }
        catch (SiteBuildException e)
        {
            events.Failed(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            events.Failed($"{e.Message} Save the file again."); // it went away while it was read
        }
    }
}
