using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TimeTagger.Local.Front;

/// <summary>One port for the site and the API, as a Static Web App with a linked Functions app has one address.</summary>
internal static class FrontServer
{
    /// <summary>Starts listening; the server stops when it is disposed.</summary>
    /// <exception cref="Refusal">The address cannot be listened on.</exception>
    public static async Task<IAsyncDisposable> StartAsync(
        IPEndPoint bind,
        ISite site,
        HandlerSupervisor handler,
        ForwardedRequest forwarded,
        CancellationToken stopping
    )
    {
        // An empty builder: no configuration file and no ASPNETCORE_ variable of this machine changes what is served.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, bind));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Error); // a handler that is down is the supervisor's to report
        builder.Services.AddHttpForwarder().AddSingleton(handler).AddSingleton(forwarded).AddSingleton<ApiProxy>();
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        var app = builder.Build();
        var api = app.Services.GetRequiredService<ApiProxy>();
        app.Run(context => ApiProxy.Owns(context.Request.Path) ? api.ForwardAsync(context) : site.ServeAsync(context));
        try
        {
            await app.StartAsync(stopping);
            return app;
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            throw e.InnerException is AddressInUseException
                ? Preflight.PortInUse(bind)
                : Preflight.CannotListen(bind, e.Message);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint bind)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null; // the handler has the limit
        kestrel.Listen(bind, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }
}
