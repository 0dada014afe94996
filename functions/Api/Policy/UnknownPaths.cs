using TimeTagger.Api.Functions;

namespace TimeTagger.Api.Policy;

/// <summary>
/// What no endpoint takes: an unknown path (404) or a method that the path does not have (405). It needs a token
/// like everything else, so a stranger learns nothing.
/// </summary>
internal static class UnknownPaths
{
    internal static void MapUnknownPaths(this RouteGroupBuilder v2) =>
        v2.Map("/{**path}", Answer).WithAccess(AccessPolicy.AnyToken).InFunction(WildcardFunction.Name);

    internal static ApiError NotFound(string path) => ApiError.NotFound($"/{path.Trim('/')} is not a valid API path");

    private static ApiError Answer(string? path, EndpointDataSource endpoints)
    {
        var name = (path ?? "").Trim('/');
        var methods = MethodsOf($"{ApiPaths.V2}/{name}", endpoints);

        return methods.Count == 0 || name.Length == 0
            ? NotFound(name)
            : ApiError.MethodNotAllowed($"/{name} can only be used with {string.Join(" and ", methods)}");
    }

    private static List<string> MethodsOf(string pattern, EndpointDataSource endpoints) =>
        [
            .. endpoints
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.RoutePattern.RawText == pattern)
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Order(StringComparer.Ordinal),
        ];
}
