using TimeTagger.Api.Accounts;
using TimeTagger.Api.Health;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Records;
using TimeTagger.Api.Settings;
using TimeTagger.Api.Tokens;
using TimeTagger.Api.Updates;

// The Functions host takes exit code 0 for "never start me again", and 200 for "start me again".
const int restart = 200;

const int cannotStart = 2;

HandlerOptions options;
WebApplication app;
try
{
    options = HandlerOptions.From(Environment.GetEnvironmentVariable);
    app = HandlerServer.Build(options);
}
catch (Exception e) when (HandlerServer.IsForThePerson(e))
{
    await Console.Error.WriteLineAsync(e.Message);
    return cannotStart;
}

await using var running = app;

app.UseSecurityHeaders();
app.UseRouting();
app.UseMiddleware<RequestLog>();
app.UseMiddleware<ErrorAnswers>();
app.UseMiddleware<PolicyEnforcement>();

app.MapHealth();

var v2 = app.MapGroup(ApiPaths.V2);
v2.MapVersion();
v2.MapBootstrapAuthentication();
v2.MapUpdates();
v2.MapRecords();
v2.MapSettings();
v2.MapTokens();
v2.MapForceReset();
v2.MapUnknownPaths();

if (options.StopWithStdin)
{
    HandlerServer.StopWithStdin(app);
}

await app.RunAsync();
return options.StopWithStdin ? 0 : restart;
