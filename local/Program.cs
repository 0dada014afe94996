using TimeTagger.Configuration;
using TimeTagger.Local;
using TimeTagger.Local.Front;
using TimeTagger.Local.Watching;

const int failed = 1;
const int misused = 2;

using var signals = new StopSignals();
var stopping = signals.Stopping;
try
{
    if (HelpText.IsAskedFor(args))
    {
        Console.WriteLine(Options.Help);
        return 0;
    }

    var options = Options.Parse(args, Environment.GetEnvironmentVariable);
    Preflight.Check(options);
    Console.WriteLine("Starting TimeTagger ...");

    // The handler starts while the site is built: neither needs the other.
    var package =
        options.Host == HandlerHost.Functions ? options.Package ?? await PackagePublisher.PublishAsync(stopping) : null;
    await using var emulator = await StorageEmulator.StartAsync(options, stopping);
    var settings = HandlerSettings.From(options, emulator?.ConnectionString, package);
    await using var handler = new HandlerSupervisor(settings, TimeProvider.System, Console.Out);
    handler.Start();
    await using var watch = options.Watch is { } source
        ? await SiteWatch.StartAsync(source, Console.Out, stopping)
        : null;
    var site = watch?.Site ?? await LoadSiteAsync(options, stopping);
    await handler.Ready.WaitAsync(stopping);

    await using var front = await FrontServer.StartAsync(
        options.Bind,
        site,
        handler,
        new ForwardedRequest(options.ProxyHeader),
        stopping
    );
    Announcement.Print(options, Console.Out);

    await handler.GaveUp.WaitAsync(stopping);
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (Refusal refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return failed;
}
catch (ConfigurationException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return misused;
}
finally
{
    if (stopping.IsCancellationRequested)
    {
        Console.WriteLine("TimeTagger has stopped.");
    }
}

static async Task<ISite> LoadSiteAsync(Options options, CancellationToken stopping)
{
    var folder = options.Site ?? await SitePublisher.PublishAsync(TimeProvider.System, stopping);
    return StaticSite.Load(folder, warning => Console.WriteLine($"Warning: {warning}"));
}
