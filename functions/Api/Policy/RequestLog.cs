namespace TimeTagger.Api.Policy;

/// <summary>
/// One line per call: method, endpoint, status, time. Never a query, a header or a body: those hold tokens, tags
/// and descriptions.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = clock.GetTimestamp();
        await next(context);
        var endpoint = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no endpoint)";
        LogCall(
            context.Request.Method,
            endpoint,
            context.Response.StatusCode,
            clock.GetElapsedTime(start).TotalMilliseconds
        );
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Endpoint} {Status} {Milliseconds:0.0} ms")]
    private partial void LogCall(string method, string endpoint, int status, double milliseconds);
}
