using TimeTagger.Api.Hosting;
using TimeTagger.Api.Operating;
using TimeTagger.Configuration;

// The Functions host takes exit code 0 for "never start me again", and 200 for "start me again".
const int restart = 200;

const int cannotStart = 2;

if (HelpText.IsAskedFor(args))
{
    Console.WriteLine(HandlerOptions.Help);
    return 0;
}

HandlerOptions options;
WebApplication? app = null;
try
{
    if (OperatorCommands.Find(args) is { } command)
    {
        return await command(args[1..], Environment.GetEnvironmentVariable, Console.Out, default);
    }

    options = HandlerOptions.From(args, Environment.GetEnvironmentVariable);
    app = HandlerServer.Build(options);
    StartLog.WarnOfUnknownVariables(app.Logger, Environment.GetEnvironmentVariables().Keys.Cast<string>());
    HostQueues.WarnWhereTheyAreOthers(app.Logger, options, Environment.GetEnvironmentVariable);
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
return options.StopWithStdin && !options.UnderFunctionsHost ? 0 : restart;
