namespace TimeTagger.Api.Policy;

/// <summary>
/// Gives every request one deadline until its answer begins. The front of the deployed product gives up after 45 s: an
/// answer that says "try again" has to come before that.
/// </summary>
internal sealed class RequestDeadline(RequestDelegate next, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    // Only calls of clients have somebody who gives up; a function that the host sets off has the host's own limit.
    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? InTimeAsync(context)
            : next(context);

    private async Task InTimeAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        using var deadline = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, deadline.Token);
        context.RequestAborted = either.Token;

        // From then on it is the client who takes its time, and the server's least rate that ends it.
        var isRunning = true;
        context.Response.OnStarting(() =>
        {
            if (isRunning) // Short answers begin when all is done, and the deadline with it.
            {
                deadline.CancelAfter(Timeout.InfiniteTimeSpan);
            }

            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !context.Response.HasStarted)
        {
            throw new ApiErrorException(ApiError.Unavailable("this took too long; try again", retryAfterSeconds: 5));
        }
        finally
        {
            isRunning = false;
            context.RequestAborted = gone;
        }
    }
}
