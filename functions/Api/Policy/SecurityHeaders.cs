namespace TimeTagger.Api.Policy;

/// <summary>What every answer carries, also one that was cleared because something went wrong.</summary>
internal static class SecurityHeaders
{
    internal static void UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.XContentTypeOptions = "nosniff";

                    // What people do is for no cache on a disk. Who keeps an answer asks with its ETag whether it holds.
                    context.Response.Headers.CacheControl = "no-store";
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
}
