using TimeTagger.Storage.Journal;

namespace TimeTagger.Api.Policy;

/// <summary>
/// The one place where policy is enforced, in the order that clients of this API know: token, path, method, kind of
/// token. Arguments come after, in the endpoints.
/// </summary>
internal sealed class PolicyEnforcement(RequestDelegate next, Authentication authentication)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            throw new ApiErrorException(ApiError.NotServed(context.Request.Path.Value ?? ""));
        }

        var policy =
            endpoint.Metadata.GetMetadata<AccessPolicyMetadata>()?.Policy
            ?? throw new InvalidOperationException($"Endpoint {endpoint.DisplayName} has no access policy.");
        var isSpelled = IsSpelledAs(endpoint, context.Request.Path);
        if (policy != AccessPolicy.Anonymous || !isSpelled)
        {
            var caller = await authentication.AuthenticateAsync(context.Request, context.RequestAborted);
            if (!isSpelled)
            {
                throw new ApiErrorException(UnknownPaths.NotFound(context.Request.Path.Value![ApiPaths.V2.Length..]));
            }

            if (policy == AccessPolicy.WebToken && caller.Token != TokenKind.Web)
            {
                var path = endpoint.RoutePattern.RawText![ApiPaths.V2.Length..];
                throw new ApiErrorException(ApiError.Forbidden($"{path} needs auth with a web-token"));
            }

            context.Features.Set(caller);
        }
        else if (HttpMethods.IsConnect(context.Request.Method))
        {
            // The server would take a success for the beginning of a tunnel, which has no body.
            throw new ApiErrorException(ApiError.MethodNotAllowed($"{context.Request.Path} is no tunnel"));
        }

        await next(context);
    }

    // Routing forgives capital letters; this API never did.
    private static bool IsSpelledAs(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.Parameters.Count > 0
        || !endpoint.RoutePattern.RawText!.StartsWith(ApiPaths.V2, StringComparison.Ordinal)
        || path.Value!.TrimEnd('/').Equals(endpoint.RoutePattern.RawText.TrimEnd('/'), StringComparison.Ordinal);
}
