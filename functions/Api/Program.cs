using TimeTagger.Api.Hosting;

// The Functions host takes exit code 0 for "never start me again", and 200 for "start me again".
const int restart = 200;

const int cannotStart = 2;

HandlerOptions options;
WebApplication? app = null;
try
{
    options = HandlerOptions.From(Environment.GetEnvironmentVariable);
    app = HandlerServer.Build(options);
    app.UseHandler();
    await app.StartAsync();
}
catch (Exception e) when (HandlerServer.IsForThePerson(e))
{
    await Console.Error.WriteLineAsync(e.Message);
    if (app is not null)
    {
        await app.DisposeAsync();
    }

    return cannotStart;
}

await using var running = app;

if (options.StopWithStdin)
{
    HandlerServer.StopWithStdin(app);
}

await app.WaitForShutdownAsync();
return options.StopWithStdin ? 0 : restart;
