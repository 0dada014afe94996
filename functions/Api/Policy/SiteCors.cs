using Microsoft.Net.Http.Headers;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Lets the configured sites call from a browser (CORS), and read refusals as well. To everybody else nothing changes: a
/// stranger's preflight is a call without a token.
/// </summary>
internal static class SiteCors
{
    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2); // The most that browsers remember.

    /// <summary>Must come before what answers errors, which clears the headers of an answer that failed.</summary>
    internal static void UseSiteCors(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<HandlerOptions>().SiteOrigins;
        if (origins.Count == 0)
        {
            return;
        }

        app.UseVary(HeaderNames.Origin, static _ => true);
        app.UseWhen(
            context => origins.Contains(context.Request.Headers.Origin.ToString(), StringComparer.Ordinal),
            site =>
                site.UseCors(policy =>
                    policy
                        .WithOrigins([.. origins])
                        .WithMethods(HttpMethods.Get, HttpMethods.Put, HttpMethods.Post)
                        .WithHeaders(
                            Authentication.TokenHeader,
                            HeaderNames.Authorization,
                            HeaderNames.ContentType,
                            HeaderNames.IfNoneMatch
                        )
                        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter)
                        .SetPreflightMaxAge(PreflightAge)
                )
        );
    }
}
