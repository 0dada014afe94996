using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using TimeTagger.FunctionsHost.Invocations;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Sends calls on to the worker, with the host's own view of who called.</summary>
internal sealed class Forwarding(IHttpForwarder forwarder, bool passesTracesOn, TimeProvider time) : IDisposable
{
    private static readonly ForwarderRequestConfig Settings = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(240),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly HttpMessageInvoker _client = new(
        new WorkerConnection(time)
        {
            InnerHandler = new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null,
            },
        }
    );

    public void Dispose() => _client.Dispose();

    /// <summary>Sends a call on, and what the worker answers back.</summary>
    /// <param name="context">The call.</param>
    /// <param name="worker">Where the worker listens.</param>
    /// <param name="invocation">What is said about it by the other way.</param>
    /// <param name="end">Completes when that has an end.</param>
    public async Task SendAsync(HttpContext context, Uri worker, Invocation invocation, Task end)
    {
        var trace = passesTracesOn ? invocation.Request.TraceContext.TraceParent : null;
        var transformer = new Transformer(invocation.Id, trace, end);
        var error = await forwarder.SendAsync(context, worker.ToString(), _client, Settings, transformer);
        if (error != ForwarderError.None)
        {
            var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
            throw new HttpRequestException($"Failed to proxy request with ForwarderError: {error}", cause);
        }
    }

    private sealed class Transformer(string invocation, string? trace, Task end) : HttpTransformer
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
            proxyRequest.Options.Set(WorkerConnection.EndOfCall, end);
            proxyRequest.Headers.Host = null;
            Set("X-Forwarded-For", $"{httpContext.Connection.RemoteIpAddress}");
            Set("X-Forwarded-Proto", request.Scheme);
            Set("X-Forwarded-Host", request.Host.Value ?? "");
            Set("x-ms-invocation-id", invocation);
            if (trace is not null)
            {
                Set("traceparent", trace);
            }

            void Set(string name, string value)
            {
                proxyRequest.Headers.Remove(name);
                proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    /// <summary>Tries again to reach a worker that does not listen, as long as the call lasts.</summary>
    private sealed class WorkerConnection(TimeProvider time) : DelegatingHandler
    {
        public static readonly HttpRequestOptionsKey<Task> EndOfCall = new(nameof(EndOfCall));

        private const int Attempts = 10;
        private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
        private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Options.TryGetValue(EndOfCall, out var end);
            var pause = FirstPause;
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await base.SendAsync(request, cancellationToken);
                }
                catch (Exception e)
                    when (e is HttpRequestException or SocketException
                        && attempt < Attempts
                        && end is { IsCompleted: false }
                    )
                {
                    await Task.WhenAny(end, Task.Delay(pause, time, cancellationToken));
                    pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
                }
            }
        }
    }
}
