using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace TimeTagger.Api.Tests.Telemetry;

/// <summary>A storage service that lets nobody in, and says so with the address and the signature of what was asked.</summary>
internal sealed class RefusingStorage : IAsyncDisposable
{
    /// <summary>What it says is the request's id.</summary>
    internal const string RequestId = "b5ee6bfe-0002-0075-1234-000000000000";

    private readonly ConcurrentQueue<string> _traceParents = new();
    private readonly WebApplication _app;

    private RefusingStorage()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(RefuseAsync);
    }

    /// <summary>The header <c>traceparent</c> of every request.</summary>
    internal IReadOnlyCollection<string> TraceParents => _traceParents;

    /// <summary>How to reach it.</summary>
    internal string ConnectionString
    {
        get
        {
            var server = _app.Services.GetRequiredService<IServer>();
            return ConnectionTo(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        }
    }

    /// <summary>How to reach a storage service at that address.</summary>
    internal static string ConnectionTo(string address)
    {
        var key = Convert.ToBase64String(Encoding.ASCII.GetBytes("secret-storage-key"));
        return $"AccountName=devstoreaccount1;AccountKey={key};"
            + $"BlobEndpoint={address}/devstoreaccount1;QueueEndpoint={address}/devstoreaccount1;"
            + $"TableEndpoint={address}/devstoreaccount1";
    }

    internal static async Task<RefusingStorage> StartAsync()
    {
        var storage = new RefusingStorage();
        await storage._app.StartAsync();
        return storage;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task RefuseAsync(HttpContext context)
    {
        _traceParents.Enqueue(context.Request.Headers.TraceParent.ToString());
        var asked = $"{context.Request.GetEncodedUrl()} {context.Request.Headers.Authorization}";
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-ms-error-code"] = "AuthenticationFailed";
        context.Response.Headers["x-ms-request-id"] = RequestId;
        return context.Response.WriteAsJsonAsync(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["odata.error"] = new { code = "AuthenticationFailed", message = new { lang = "en", value = asked } },
            }
        );
    }
}
