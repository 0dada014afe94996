using TimeTagger.SiteBuilder;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    var options = SiteOptions.Parse(args, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
    await using var site = new Site(options);
    if (!await site.BuildAsync(Console.Out, stop.Token))
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
catch (OperationCanceledException)
{
    return 1;
}
