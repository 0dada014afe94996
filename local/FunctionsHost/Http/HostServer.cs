using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;
using TimeTagger.FunctionsHost.Invocations;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Listens on loopback, and nowhere else.</summary>
internal static class HostServer
{
    /// <summary>Starts listening; the server stops when it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<IAsyncDisposable> StartAsync(
        FunctionApp app,
        HostOptions options,
        Func<string, string?> setting,
        HandlerKeeper handler,
        Invoker invoker,
        TimeProvider time,
        HostLog log
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.MaxRequestBodySize = Calls.MaxBodyBytes;
                kestrel.Listen(IPAddress.Loopback, options.Port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            });
        builder.Services.AddHttpForwarder().AddRouting();
        builder.Services.AddSingleton(time);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(1)
        );
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.AddCors();
        AddShape(builder.Services, app.ShapeFor(options), handler.Address, time);
        var server = builder.Build();
        var keys = Keys.Read(setting);
        var calls = new Calls(
            new Router(app.Functions.OfType<HttpFunction>(), server.Services),
            new FunctionCalls(server.Services.GetService<ICallShape>(), keys, handler, invoker, app.Host, time, log),
            new AdminCalls(app, keys, new ManualRuns(invoker, time), log),
            options,
            !"true".Equals(setting("AzureWebJobsDisableHomepage"), StringComparison.OrdinalIgnoreCase),
            log
        );
        server.UseCorsOfTheSettings(setting);
        server.Run(calls.AnswerAsync);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static void AddShape(IServiceCollection services, CallShape? shape, Uri handler, TimeProvider time)
    {
        if (shape == CallShape.Forwarding)
        {
            services.AddSingleton<ICallShape>(_ => new ForwardingShape(handler));
        }
        else if (shape == CallShape.Proxying)
        {
            services.AddSingleton<ICallShape>(provider => new ProxyingShape(
                provider.GetRequiredService<IHttpForwarder>(),
                handler,
                time
            ));
        }
    }
}
