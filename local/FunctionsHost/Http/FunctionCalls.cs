using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Invocations;
using TimeTagger.FunctionsHost.Rpc.Messages;
using TimeTagger.FunctionsHost.Workers;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>Calls that a function answers: HTTP goes to the worker's own address, and word of it by the stream.</summary>
internal sealed class FunctionCalls(Keys keys, Invoker invoker, Forwarding forwarding, HostFile host, TimeProvider time)
{
    private const string Reason = "This function was programmatically called via the host APIs.";

    public async Task AnswerAsync(HttpContext context, HttpFunction function)
    {
        if (!keys.Open(function, context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await BufferAsync(context.Request);
        var invocation = Describe(context.Request, function);
        var sending = Task.CompletedTask;
        var caller = context.RequestAborted;
        using var gone = new CancellationTokenSource();
        await using var listening = caller.Register(gone.Cancel);
        context.RequestAborted = gone.Token;
        var outcome = await invoker.InvokeAsync(invocation, Send, caller);
        if (outcome == Outcome.TimedOut)
        {
            // The function does not hear of it by HTTP: that request lasts until it, or its worker, has ended.
            await listening.DisposeAsync();
            await GiveUpAsync(context);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (outcome == Outcome.Failed || !sending.IsCompletedSuccessfully)
        {
            Fail(context);
        }

        void Send(Worker worker, Task end)
        {
            if (worker.Address is { } address)
            {
                sending = forwarding.SendAsync(context, address, invocation, end);
            }
        }
    }

    private Invocation Describe(HttpRequest request, HttpFunction function)
    {
        var invocation = Invocation.Of(function, Reason, time.GetUtcNow());
        if (host.PassesTracesOn)
        {
            invocation.Trace(request.Headers.TraceParent, request.Headers.TraceState);
        }

        // What the route took is all that is said here: the rest of the call comes by HTTP.
        var http = new RpcHttp();
        foreach (var (name, value) in request.RouteValues)
        {
            http.Params[name] = $"{value}";
            invocation.Request.TriggerMetadata[name] = TypedValues.Text($"{value}");
        }

        var data = new ParameterBinding
        {
            Name = function.Trigger.Name,
            Data = new TypedData { Http = http },
        };
        invocation.Request.InputData.Add(data);
        return invocation;
    }

    // A body of known length is read whole before anything else; one in chunks is not.
    private static async Task BufferAsync(HttpRequest request)
    {
        if (request.ContentLength > 0)
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            body.Position = 0;
            request.Body = body;
        }
    }

    // What the worker had set so far stays.
    private static void Fail(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentLength = 0;
    }

    private static async Task GiveUpAsync(HttpContext context)
    {
        Fail(context);
        if (!context.Response.HasStarted)
        {
            context.Response.Headers.Connection = "close";
            await context.Response.CompleteAsync();
        }
    }
}
