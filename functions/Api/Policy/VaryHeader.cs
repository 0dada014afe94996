using Microsoft.Net.Http.Headers;

namespace TimeTagger.Api.Policy;

/// <summary>Says on which headers of the request an answer depends.</summary>
internal static class VaryHeader
{
    /// <summary>Adds a header to what the answers vary by that it is said of, once they begin.</summary>
    /// <param name="app">The pipeline; whatever adds such a header of its own comes after.</param>
    /// <param name="header">The header.</param>
    /// <param name="isSaidOf">Which answers.</param>
    internal static void UseVary(this IApplicationBuilder app, string header, Func<HttpResponse, bool> isSaidOf) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    if (isSaidOf(context.Response))
                    {
                        Append(context.Response, header);
                    }

                    return Task.CompletedTask;
                });
                return next(context);
            }
        );

    private static void Append(HttpResponse response, string header)
    {
        var said = response.Headers.GetCommaSeparatedValues(HeaderNames.Vary);
        if (!said.Contains(header, StringComparer.OrdinalIgnoreCase))
        {
            response.Headers.Append(HeaderNames.Vary, header);
        }
    }
}
