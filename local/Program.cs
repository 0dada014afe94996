using TimeTagger.Api;
using TimeTagger.Configuration;
using TimeTagger.Local;
using TimeTagger.Local.Site;
using TimeTagger.Local.Watching;

if (HelpText.IsAskedFor(args))
{
    Console.WriteLine(Options.Help);
    return ExitCodes.Done;
}

if (TimeTaggerApi.FindCommand(args) is { } verb)
{
    return await Operating.RunAsync(verb, args[1..]);
}

using var signals = new StopSignals();
var stopping = signals.Stopping;
try
{
    var options = Options.Parse(args, Environment.GetEnvironmentVariable);
    if (options.StopsWithStdin)
    {
        signals.StopWithStdin();
    }

    Preflight.Check(options);
    Console.WriteLine("Starting TimeTagger ...");

    await using var storage = await StorageEmulator.StartAsync(options, stopping);
    await using var server = new LocalServer(options, storage?.ConnectionString);

    // The store is opened while the site is built: neither needs the other.
    var opening = server.OpenAsync(stopping);
    await using var watch = options.Watch is { } sources
        ? await SiteWatch.StartAsync(sources, Console.Out, stopping)
        : null;
    var site = watch?.Site ?? await SiteBuild.LoadAsync(options.Site, Console.Out, stopping);
    await opening;

    await server.ServeAsync(site, stopping);
    Announcement.Print(options, Console.Out);

    await server.Ended.WaitAsync(stopping);
    return ExitCodes.Done;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return ExitCodes.Done;
}
catch (ConfigurationException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return ExitCodes.Misused;
}
catch (Exception e) when (e is Refusal || TimeTaggerApi.IsForThePerson(e))
{
    await Console.Error.WriteLineAsync(e.Message);
    return ExitCodes.Failed;
}
finally
{
    if (stopping.IsCancellationRequested)
    {
        Console.WriteLine("TimeTagger has stopped.");
    }
}
