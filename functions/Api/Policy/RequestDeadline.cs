namespace TimeTagger.Api.Policy;

/// <summary>
/// Gives every request one deadline until its answer begins. The front of the deployed product gives up after 45 s: an
/// answer that says "try again" has to come before that. While a body arrives it is the client who takes its time, so
/// that has a limit of its own, and the deadline begins anew behind it.
/// </summary>
internal sealed class RequestDeadline(RequestDelegate next, TimeProvider clock)
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>The largest body with 350 kbit/s, which a phone has where there is hardly any reception.</summary>
    internal static readonly TimeSpan UploadLimit = TimeSpan.FromMinutes(4);

    public async Task InvokeAsync(HttpContext context)
    {
        var gone = context.RequestAborted;
        using var deadline = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, deadline.Token);
        context.RequestAborted = either.Token;
        var upload = new UploadTime(deadline);
        context.Features.Set(upload);

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
            throw new ApiErrorException(
                upload.IsRunning
                    ? ApiError.UploadTimeout()
                    : ApiError.Unavailable("this took too long; try again", retryAfterSeconds: 5)
            );
        }
        finally
        {
            isRunning = false;
            context.RequestAborted = gone;
        }
    }
}

/// <summary>The part of a request in which its body arrives.</summary>
internal sealed class UploadTime(CancellationTokenSource deadline)
{
    /// <summary>Whether the body is arriving.</summary>
    internal bool IsRunning { get; private set; }

    internal void Begin()
    {
        IsRunning = true;
        deadline.CancelAfter(RequestDeadline.UploadLimit);
    }

    /// <summary>The body is there.</summary>
    internal void End()
    {
        IsRunning = false;
        deadline.CancelAfter(RequestDeadline.Limit);
    }
}
