using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;
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
        HandlerKeeper handler,
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
        builder.Services.AddSingleton<ICallShape>(services =>
            app.ShapeFor(options) == CallShape.Forwarding
                ? new ForwardingShape(handler.Address)
                : new ProxyingShape(services.GetRequiredService<IHttpForwarder>(), handler.Address, time)
        );
        var server = builder.Build();
        var calls = new Calls(
            new Router(app.Functions.OfType<HttpFunction>(), server.Services),
            server.Services.GetRequiredService<ICallShape>(),
            handler,
            app.Host,
            options,
            time,
            log
        );
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
}
