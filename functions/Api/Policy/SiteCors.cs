using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Lets the configured sites call from a browser (CORS), and read refusals as well. To everybody else nothing changes: a
/// stranger's preflight is a call without a token. Where the Functions host decides who may call, preflights never come
/// here, and what is left for us is to say what the site may read.
/// </summary>
internal static class SiteCors
{
    private const string TraceParent = "traceparent";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2); // The most that browsers remember.
    private static readonly string[] Readable = [HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.Date];

    /// <summary>Must come before what answers errors, which clears the headers of an answer that failed.</summary>
    internal static void UseSiteCors(this IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<ApiOptions>();
        if (options.SiteOrigins.Count == 0)
        {
            return;
        }

        app.UseVary(HeaderNames.Origin, static _ => true);
        app.UseWhen(
            context => options.SiteOrigins.Contains(context.Request.Headers.Origin.ToString(), StringComparer.Ordinal),
            site => Allow(site, options)
        );
    }

    private static void Allow(IApplicationBuilder site, ApiOptions options)
    {
        if (options.HostAnswersCors)
        {
            site.Use(SayWhatIsReadable);
            return;
        }

        site.UseCors(policy =>
            policy
                .WithOrigins([.. options.SiteOrigins])
                .WithMethods(HttpMethods.Get, HttpMethods.Put, HttpMethods.Post)
                .WithHeaders(
                    Authentication.TokenHeader,
                    HeaderNames.Authorization,
                    HeaderNames.ContentType,
                    HeaderNames.IfNoneMatch,
                    TraceParent
                )
                .WithExposedHeaders(Readable)
                .SetPreflightMaxAge(PreflightAge)
        );
    }

    private static Task SayWhatIsReadable(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.AccessControlExposeHeaders = new StringValues(string.Join(", ", Readable));
            return Task.CompletedTask;
        });
        return next(context);
    }
}
