using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TimeTagger.Api;
using TimeTagger.Configuration;
using TimeTagger.Worker;

const int cannotStart = 1;

Func<string, string?> variable = Environment.GetEnvironmentVariable;
var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToList();
if (HostArguments.Complaint(args, variable) is { } complaint)
{
    await Console.Error.WriteLineAsync(complaint);
    return cannotStart;
}

using var end = new WorkerEnd();
try
{
    var settings = SettingValues.Read(Catalogue.All, [], variable);
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Logging.AddTimeTaggerApi(settings);
    if (builder.AddTimeTaggerTelemetry(ApiHost.Functions, variables, variable))
    {
        builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
    }

    builder.Services.AddTimeTaggerApi(ApiHost.Functions, settings, variable);
    builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureTimeTaggerApi());
    builder.Services.AddHostWatch(args, end);
    builder.Services.RemoveDataProtection();
    using var host = builder.Build();
    host.Services.OpenTimeTaggerApi(variables, variable);
    await host.RunAsync();
}
catch (Exception e) when (TimeTaggerApi.IsForThePerson(e))
{
    end.Because(e.Message);
}
catch (RpcException e)
{
    var what = e.StatusCode == StatusCode.Unavailable ? "does not answer" : "does not speak as a Functions host does";
    end.Because($"What is at {HostArguments.ValueOf(args, HostArguments.HostAddress)} {what}.");
}

if (end.Reason is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
}

return end.ExitCode;
