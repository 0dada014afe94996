using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Policy;

/// <summary>Turns whatever goes wrong into an answer that says what to do, and logs what is our fault.</summary>
internal sealed partial class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> logger)
{
    private const int RetryAfterSeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (ClientOf(context).IsCancellationRequested)
        {
            LogGone(e.GetType().Name);
        }
        catch (Exception e) when (context.Response.HasStarted && IsTimeOver(context, e))
        {
            // Mostly a client that went away, of whom the host has heard first. What was sent must not pass for the whole.
            LogGone(e.GetType().Name);
            context.Abort();
        }
        catch (Exception e)
            when (!context.Response.HasStarted
                && context.Response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 }
            )
        {
            // What was written cannot be taken back, and must not stand before the text of a refusal.
            LogBrokenOff(e.GetType().Name);
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var answer = IsTimeOver(context, e)
                ? ApiError.Unavailable("this took too long; try again", RetryAfterSeconds)
                : Answer(e, context.TraceIdentifier);
            context.RequestAborted = ClientOf(context);
            context.Response.Clear();
            await answer.ExecuteAsync(context);
        }
    }

    private static CancellationToken ClientOf(HttpContext context) =>
        context.Features.Get<FunctionTime>()?.Client ?? context.RequestAborted;

    private static bool IsTimeOver(HttpContext context, Exception exception) =>
        exception is OperationCanceledException
        && context.Features.Get<FunctionTime>()?.Function.IsCancellationRequested == true;

    private ApiError Answer(Exception exception, string trace)
    {
        switch (exception)
        {
            case ApiErrorException refusal:
                return refusal.Error;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ApiError.TooLarge(BodyReader.MaxBytes);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return ApiError.UploadTimeout();
            case BadHttpRequestException bad:
                return new ApiError(bad.StatusCode, $"bad request: {bad.Message}");
            case CommitTooLargeException:
                return new ApiError(
                    StatusCodes.Status413PayloadTooLarge,
                    "request too large: with what it replaces it is more than one change can hold; nothing was stored; send it in parts"
                );
            case AccountErasedException:
                return ApiError.Unauthorized("The account is revoked (it has been erased)");
            case TokenRevokedException:
                return ApiError.Unauthorized("The webtoken is revoked (seed does not match)");
            case StorageUnavailableException:
                LogStorage(exception);
                return ApiError.Unavailable("the storage did not answer; try again", RetryAfterSeconds);
            case MemoryFullException:
                LogMemory(exception.Message);
                return ApiError.Unavailable(
                    "this server has no memory left for this just now; nothing was stored; try again",
                    RetryAfterSeconds
                );
            case NewerFormatException:
                LogNewer(exception);
                return ApiError.Unavailable("a newer release is being rolled out; try again", RetryAfterSeconds);
            default:
                LogDefect(exception, trace);
                return new ApiError(
                    StatusCodes.Status500InternalServerError,
                    $"internal server error: this is our fault; nothing was changed as far as we know (reference {trace})"
                );
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Nobody waits for the answer any more ({Exception})")]
    private partial void LogGone(string exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer was broken off ({Exception})")]
    private partial void LogBrokenOff(string exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage is not available")]
    private partial void LogStorage(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The memory budget (memory_mb) is used up: {Wanted}")]
    private partial void LogMemory(string wanted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An account is stored in a newer format")]
    private partial void LogNewer(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed by a defect of ours (reference {Trace})")]
    private partial void LogDefect(Exception exception, string trace);
}
