using Microsoft.AspNetCore.Http.Features;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Policy;

/// <summary>
/// Reads the request line as clients of this API know it (docs/api, 1.1 to 1.7 and 1.13), where the framework would read it
/// differently: it forgives other methods, paths and names in other letters, and resolves dots.
/// </summary>
internal sealed class RequestTarget(RequestDelegate next, ApiOptions options)
{
    private const string Below = ApiPaths.V2 + "/";

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        HttpMethods.Connect,
        HttpMethods.Delete,
        HttpMethods.Get,
        HttpMethods.Head,
        HttpMethods.Options,
        HttpMethods.Patch,
        HttpMethods.Post,
        HttpMethods.Put,
        HttpMethods.Trace,
    };

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!Methods.Contains(request.Method))
        {
            throw new ApiErrorException(ApiError.BadRequest("this is not a method of HTTP"));
        }

        var path = PathOf(context);
        if (path.StartsWith(Below, StringComparison.Ordinal))
        {
            request.Path = new PathString(Below + path[Below.Length..].Trim('/'));
            request.Query = QueryText.Parse(request.QueryString);
        }
        else if (request.Path.StartsWithSegments(ApiPaths.V2, StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiErrorException(ApiError.NotServed(path));
        }

        return next(context);
    }

    // The target as it was sent, where it is a path: dot segments are not resolved, and an encoded slash is a slash.
    private string PathOf(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is ['/', ..] target
            ? Uri.UnescapeDataString(AsSent(target.Split('?', 2)[0]))
            : context.Request.Path.Value ?? "";

    // A Functions host leaves an encoded slash encoded, and then encodes its percent sign.
    private string AsSent(string path) =>
        options.Host == ApiHost.Functions ? path.Replace("%252F", "%2F", StringComparison.OrdinalIgnoreCase) : path;
}
