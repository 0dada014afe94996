using Microsoft.AspNetCore.Http;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Handlers;
using TimeTagger.FunctionsHost.Invocations;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Calls that a function answers: passed on to the handler as they are, or described to it in JSON.</summary>
internal sealed class FunctionCalls(
    ICallShape? shape,
    Keys keys,
    HandlerKeeper handler,
    Invoker invoker,
    HostFile host,
    TimeProvider time,
    HostLog log
)
{
    public async Task AnswerAsync(HttpContext context, HttpFunction function)
    {
        if (!keys.Open(function, context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (function.WantsPayload || shape is null)
        {
            await DescribeAsync(context, function);
        }
        else
        {
            await PassOnAsync(context, function, shape);
        }
    }

    private async Task DescribeAsync(HttpContext context, HttpFunction function)
    {
        await BufferAsync(context.Request, CancellationToken.None);
        var payload = await HttpPayload.OfAsync(function, context.Request, time.GetUtcNow());
        var result =
            await invoker.InvokeAsync(function, payload, CancellationToken.None)
            ?? throw new InvocationException("the function failed");
        var output = function.Outputs.OfType<HttpOutput>().FirstOrDefault();
        await HttpPayload.WriteAsync(context.Response, output is null ? null : result.For(output));
    }

    private async Task PassOnAsync(HttpContext context, HttpFunction function, ICallShape shape)
    {
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
}
