using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace TimeTagger.Local.Front;

/// <summary>Passes API calls on to the handler, streaming bodies both ways.</summary>
internal sealed class ApiProxy(IHttpForwarder forwarder, HandlerSupervisor handler, ForwardedRequest forwarded)
    : IDisposable
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
            // A proxy may name people in their own letters, which headers as such do not have.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        }
    );

    /// <summary>Whether a path belongs to the API: everything below <c>/api</c>, and the health page <c>/status</c>.</summary>
    public static bool Owns(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path == "/status";

    public void Dispose() => _client.Dispose();

    public async Task ForwardAsync(HttpContext context)
    {
        if (HttpMethods.IsConnect(context.Request.Method) || HttpMethods.IsTrace(context.Request.Method))
        {
            await AnswerAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                "method not allowed: not with this method"
            );
            return;
        }
        if (context.Request.Path == "/status")
        {
            context.Request.Path = "/api/status";
        }
        var error = handler.Address is { } address
            ? await forwarder.SendAsync(context, address.ToString(), _client, Settings, forwarded)
            : ForwarderError.NoAvailableDestinations;
        if (error == ForwarderError.None || context.Response.HasStarted)
        {
            return;
        }
        var handlerIsGone =
            error
            is ForwarderError.NoAvailableDestinations
                or ForwarderError.Request
                or ForwarderError.RequestBodyDestination;
        context.Response.Clear();
        if (handlerIsGone)
        {
            context.Response.Headers.RetryAfter = "1";
            await AnswerAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "service unavailable: the handler is being started, try again in a second"
            );
        }
        else
        {
            await AnswerAsync(
                context,
                StatusCodes.Status502BadGateway,
                $"bad gateway: the handler did not answer this request ({error})"
            );
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
