using Microsoft.AspNetCore.Http;
using TimeTagger.FunctionsHost.App;
using TimeTagger.FunctionsHost.Logs;

namespace TimeTagger.FunctionsHost.Http;

/// <summary>What becomes of a call: the host answers it itself, or a function does. It waits until the functions are known.</summary>
/// <param name="router">Finds the function.</param>
/// <param name="functions">Answers where there is one.</param>
/// <param name="admin">Answers what is never a function's.</param>
/// <param name="hasHomePage">Whether <c>/</c> is a page where it is no function's.</param>
/// <param name="log">Gets what fails.</param>
internal sealed class Calls(
    Task<Router> router,
    FunctionCalls functions,
    AdminCalls admin,
    bool hasHomePage,
    HostLog log
)
{
    /// <summary>The most bytes of a body.</summary>
    public const long MaxBodyBytes = 104_857_600;

    private const string HomePage =
        "<!DOCTYPE html><title>Functions</title><p>Your Functions emulator is up and running.";

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
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
        if (AdminCalls.Own(path))
        {
            await admin.AnswerAsync(context);
        }
        else if ((await router.WaitAsync(context.RequestAborted)).Find(context) is { } function)
        {
            await functions.AnswerAsync(context, function);
        }
        else if (path != "/" || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (hasHomePage)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(HomePage);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
