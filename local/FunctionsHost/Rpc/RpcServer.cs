using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TimeTagger.FunctionsHost.Rpc;

/// <summary>Where workers call, on a free port of loopback.</summary>
internal sealed class RpcServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private RpcServer(WebApplication server, WorkerStreams streams) => (_server, Streams) = (server, streams);

    public WorkerStreams Streams { get; }

    public Uri Address => new(_server.Urls.Single());

    public static async Task<RpcServer> StartAsync()
    {
        var streams = new WorkerStreams();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2)
            );
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddSingleton(streams);
        // Streams end with their workers, before this.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.Zero
        );
        var server = builder.Build();
        server.MapGrpcService<WorkerStreams>();
        await server.StartAsync();
        return new RpcServer(server, streams);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
