namespace TimeTagger.Api.Policy;

/// <summary>
/// Gives every request one deadline for all that it does. The front of the deployed product gives up after 45 s: an
/// answer that says "try again" has to come before that.
/// </summary>
internal sealed class RequestDeadline(RequestDelegate next, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public async Task InvokeAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        using var deadline = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, deadline.Token);
        context.RequestAborted = either.Token;
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
            context.RequestAborted = gone;
        }
    }
}
