using TimeTagger.SiteBuilder;
using TimeTagger.SiteBuilder.Watching;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    var options = SiteOptions.Parse(args, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
    if (options.Watches)
    {
        // Whoever started this ends it by closing its input, or by ending. Reading the console blocks, also where it
        // looks asynchronous.
        _ = Task.Run(async () =>
        {
            await Console.OpenStandardInput().CopyToAsync(Stream.Null);
            await stop.CancelAsync();
        });
        await new WatchLoop(options, new WatchEvents(Console.Out), TimeProvider.System).RunAsync(stop.Token);
    }

    await using var site = new Site(options);
    if (await site.BuildAsync(Console.Out, stop.Token) is null)
    {
        Console.WriteLine("The site is up to date.");
    }

    return 0;
}
catch (SiteBuildException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"The site could not be built: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 1;
}
