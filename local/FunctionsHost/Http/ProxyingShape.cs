using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Calls as newer hosts proxy them: streamed, with the host's own view of who called.</summary>
internal sealed class ProxyingShape(IHttpForwarder forwarder, Uri handler, TimeProvider time) : ICallShape, IDisposable
{
    private const int Retries = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private static readonly ForwarderRequestConfig Settings = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        }
    );

    public void Dispose() => _client.Dispose();

    public async Task PassOnAsync(HttpContext context, string invocation, CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var attempt = 0; ; attempt++)
        {
            var error = await forwarder.SendAsync(
                context,
                handler.ToString(),
                _client,
                Settings,
                new Transformer(invocation),
                cancellation
            );
            cancellation.ThrowIfCancellationRequested();
            if (error == ForwarderError.None || context.Response.HasStarted)
            {
                return;
            }

            // A call that kills the handler is made again, and kills the next one.
            var hasBody = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0;
            var isRepeatable = error == ForwarderError.Request && !hasBody;
            if (!isRepeatable || attempt == Retries)
            {
                throw new HttpRequestException($"The handler did not answer ({error}).");
            }

            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(null);
            await Task.Delay(pause, time, cancellation);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private sealed class Transformer(string invocation) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var request = httpContext.Request;
            var headers = proxyRequest.Headers;
            headers.Host = null;
            Set("X-Forwarded-For", $"{httpContext.Connection.RemoteIpAddress}");
            Set("X-Forwarded-Proto", request.Scheme);
            Set("X-Forwarded-Host", request.Host.Value ?? "");
            Set(HostHeaders.HostVersion, HostHeaders.Version);
            Set(HostHeaders.InvocationId, invocation);
            Set("x-ms-invocation-id", invocation);

            void Set(string name, string value)
            {
                headers.Remove(name);
                headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
