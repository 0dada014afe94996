using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.Local.AsInAzure;

/// <summary>Passes calls on to the Functions host as they were sent, streaming bodies both ways.</summary>
internal sealed class HostForwarder(IHttpForwarder forwarder, Uri host) : IDisposable
{
    /// <summary>As long as the platform lets a call be silent.</summary>
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
            // What Kestrel has read as UTF-8 goes on as that.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        }
    );

    public void Dispose() => _client.Dispose();

    public async Task ForwardAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsConnect(method) || HttpMethods.IsTrace(method))
        {
            await AnswerAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                "method not allowed: not with this method"
            );
            return;
        }

        var error = await forwarder.SendAsync(context, host.ToString(), _client, Settings, SameTarget.Instance);
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await AnswerAsync(
                context,
                StatusCodes.Status502BadGateway,
                $"bad gateway: the Functions host did not answer this request ({error})"
            );
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>Keeps the request's target byte for byte: only who answers knows what dots and encoded slashes mean.</summary>
    private sealed class SameTarget : HttpTransformer
    {
        public static readonly SameTarget Instance = new();

        private static readonly UriCreationOptions AsItIs = new()
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        };

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var request = httpContext.Request;
            var sent = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var target =
                request.Path == "/status" ? $"/api/status{request.QueryString}" // a Functions host has only what is below api
                : sent.StartsWith("/api", StringComparison.OrdinalIgnoreCase) ? sent
                : $"{request.Path}{request.QueryString}";
            proxyRequest.RequestUri = new Uri(destinationPrefix.TrimEnd('/') + target, AsItIs);
        }
    }
}
