using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Logs;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Listens on loopback, and nowhere else.</summary>
internal sealed class HostServer : IAsyncDisposable
{
    /// <summary>How long calls that are under way have to end when the host stops.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _server;
    private readonly Forwarding _forwarding;

    private HostServer(WebApplication server, Forwarding forwarding) => (_server, _forwarding) = (server, forwarding);

    /// <summary>Starts listening. What comes before the functions are known is held.</summary>
    /// <param name="port">Where.</param>
    /// <param name="host">What host.json says.</param>
    /// <param name="app">The functions, as soon as they are known.</param>
    /// <param name="router">Their routes.</param>
    /// <param name="setting">A setting of the app, or null.</param>
    /// <param name="invoker">Calls functions.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets what fails.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HostServer> StartAsync(
        int port,
        HostFile host,
        Task<FunctionApp> app,
        Task<Router> router,
        Func<string, string?> setting,
        Invoker invoker,
        TimeProvider time,
        HostLog log
    )
    {
        var server = Build(port, time);
        var keys = Keys.Read(setting);
        var forwarder = server.Services.GetRequiredService<IHttpForwarder>();
        var forwarding = new Forwarding(forwarder, host.PassesTracesOn, time);
        var calls = new Calls(
            router,
            new FunctionCalls(keys, invoker, forwarding, host, time),
            new AdminCalls(app, keys, new ManualRuns(invoker, time), log),
            !"true".Equals(setting("AzureWebJobsDisableHomepage"), StringComparison.OrdinalIgnoreCase),
            log
        );
        server.UseCorsOfTheSettings(setting);
        server.Run(calls.AnswerAsync);
        try
        {
            await server.StartAsync();
            return new HostServer(server, forwarding);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more calls, and waits for those that are under way.</summary>
    public async Task StopAsync()
    {
        try
        {
            await _server.StopAsync();
        }
        catch (OperationCanceledException)
        {
            // They took too long, and are broken off.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _forwarding.Dispose();
    }

    private static WebApplication Build(int port, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.MaxRequestBodySize = Calls.MaxBodyBytes;
                kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            });
        builder.Services.AddHttpForwarder().AddRouting().AddCors();
        builder.Services.AddSingleton(time);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options =>
            options.ShutdownTimeout = StopPatience
        );
        return builder.Build();
    }
}
