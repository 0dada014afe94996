using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>What becomes of a call: the host answers it itself, or a function does.</summary>
internal sealed class Calls(
    Router router,
    ICallShape shape,
    HandlerKeeper handler,
    HostFile host,
    HostOptions options,
    TimeProvider time,
    HostLog log
)
{
    /// <summary>The most bytes of a body.</summary>
    public const long MaxBodyBytes = 104_857_600;

    private const string HomePage =
        "<!DOCTYPE html><title>Functions</title><p>Your Functions emulator is up and running.";

    public async Task AnswerAsync(HttpContext context)
    {
        if (options.FixesHeaders)
        {
            FixHeaders(context.Request);
        }

        try
        {
            await RouteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // Whatever goes wrong, also a body that is too large: 500, and nothing more.
            log.Write($"{context.Request.Method} {context.Request.Path}: 500: {e.Message}");
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path == "/admin/host/ping")
        {
            return;
        }

        if (IsOfTheHost(path))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized; // Nobody has a key.
        }
        else if (router.Find(context) is { } function)
        {
            await InvokeAsync(context, function);
        }
        else if (path == "/" && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(HomePage);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task InvokeAsync(HttpContext context, HttpFunction function)
    {
        if (!function.IsAnonymous)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var limit = new CancellationTokenSource(host.FunctionTimeout, time);
        try
        {
            await BufferAsync(context.Request, limit.Token);
            await handler.ReadyAsync(limit.Token);
            await shape.PassOnAsync(context, $"{Guid.NewGuid()}", limit.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            log.Write($"{function.Name}: Timeout value of {host.FunctionTimeout} exceeded; the handler is killed.");
            handler.Kill();
            throw;
        }
    }

    // A body of known length is read whole before anything else; one in chunks is not.
    private static async Task BufferAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > 0)
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellation);
            body.Position = 0;
            request.Body = body;
        }
    }

    private static void FixHeaders(HttpRequest request)
    {
        if (request.Headers["DISGUISED-HOST"].ToString() is { Length: > 0 } called)
        {
            request.Host = new HostString(called);
        }

        if (request.Headers["X-Forwarded-Proto"].ToString() is { Length: > 0 } scheme)
        {
            request.Scheme = scheme;
        }
    }

    private static bool IsOfTheHost(PathString path) =>
        path.StartsWithSegments("/admin/host", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/admin/functions", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/admin/instance", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/runtime/webhooks", StringComparison.OrdinalIgnoreCase);
}
