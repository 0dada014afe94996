using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>Whom telemetry is sent to: keeps every byte, whichever way it comes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _app;

    private Collector(bool isGrpc)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(
                    IPAddress.Loopback,
                    0,
                    endpoint => endpoint.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1
                )
            );
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>Where it listens.</summary>
    internal string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The paths that something was sent to.</summary>
    internal IEnumerable<string> Paths => _received.Select(each => each.Path).Distinct(StringComparer.Ordinal);

    /// <summary>The spans that came by OTLP.</summary>
    internal IReadOnlyList<ExportedSpan> Spans =>
        [.. _received.Where(each => each.Path == "/v1/traces").SelectMany(each => ExportedSpan.In(each.Body))];

    /// <summary>All that has come, as text in which what is no text is replaced.</summary>
    internal string Everything => string.Join('\n', _received.Select(each => Encoding.UTF8.GetString(each.Body)));

    internal static async Task<Collector> StartAsync(bool isGrpc = false)
    {
        var collector = new Collector(isGrpc);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Waits until such a span has come.</summary>
    internal async Task SpanAsync(Func<ExportedSpan, bool> isIt)
    {
        using var patience = new CancellationTokenSource(ServerProcess.Patience);
        while (!Spans.Any(isIt))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await (
            context.Request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
                : context.Request.Body
        ).CopyToAsync(body);
        var isGrpc = context.Request.ContentType == "application/grpc";
        _received.Enqueue((context.Request.Path, isGrpc ? body.ToArray()[5..] : body.ToArray()));
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.AppendTrailer("grpc-status", "0");
            await context.Response.Body.WriteAsync(new byte[5]);
        }
        else if (context.Request.Path.Value!.EndsWith("/track", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"itemsReceived":1,"itemsAccepted":1,"errors":[]}""");
        }
    }
}
