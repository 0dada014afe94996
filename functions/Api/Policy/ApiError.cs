namespace TimeTagger.Api.Policy;

/// <summary>
/// A refusal: plain text that begins with the status in words, as clients of this API know it, and says what to do.
/// </summary>
internal sealed record ApiError(int Status, string Text, int? RetryAfterSeconds = null) : IResult
{
    internal static ApiError BadRequest(string text) => new(StatusCodes.Status400BadRequest, $"bad request: {text}");

    internal static ApiError Unauthorized(string text) =>
        new(StatusCodes.Status401Unauthorized, $"unauthorized: {text}");

    internal static ApiError Forbidden(string text) => new(StatusCodes.Status403Forbidden, $"forbidden: {text}");

    internal static ApiError NotFound(string text) => new(StatusCodes.Status404NotFound, $"not found: {text}");

    internal static ApiError NotServed(string path) => NotFound($"{path} is not served here");

    internal static ApiError MethodNotAllowed(string text) =>
        new(StatusCodes.Status405MethodNotAllowed, $"method not allowed: {text}");

    internal static ApiError UploadTimeout() =>
        new(
            StatusCodes.Status408RequestTimeout,
            "request timeout: the body took too long to arrive; nothing was stored; send it in parts"
        );

    internal static ApiError TooLarge(long limit) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            $"request too large: the body may have at most {limit} bytes; send it in parts"
        );

    internal static ApiError UnsupportedEncoding(string encoding) =>
        new(
            StatusCodes.Status415UnsupportedMediaType,
            $"unsupported media type: the body must not be encoded (it is '{encoding}')"
        );

    internal static ApiError TooManyRequests(string why, int retryAfterSeconds) =>
        new(
            StatusCodes.Status429TooManyRequests,
            $"too many requests: {why}; try again in {retryAfterSeconds} s",
            retryAfterSeconds
        );

    internal static ApiError Unavailable(string text, int retryAfterSeconds) =>
        new(StatusCodes.Status503ServiceUnavailable, $"service unavailable: {text}", retryAfterSeconds);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/plain";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return response.WriteAsync(Text, httpContext.RequestAborted);
    }
}
