namespace TimeTagger.Api.Functions;

/// <summary>
/// Answers for functions that are switched off as the Functions host does: 404, without a word. The host routes by the path
/// as it was sent, we by what it means, and a path in other clothes comes through the function for all the rest.
/// </summary>
internal sealed class SwitchedOffFunctions(
    RequestDelegate next,
    EndpointDataSource endpoints,
    FunctionSwitches switches
)
{
    private readonly Lazy<HashSet<string>> _paths = new(() =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<FunctionMetadata>() is { } function && switches.IsOff(function.Name)
            )
            .Select(endpoint => Trimmed(endpoint.RoutePattern.RawText))
            .ToHashSet(StringComparer.OrdinalIgnoreCase)
    );

    public Task InvokeAsync(HttpContext context)
    {
        if (_paths.Value.Count == 0 || !_paths.Value.Contains(Trimmed(context.Request.Path.Value)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string Trimmed(string? path) => (path ?? "").TrimEnd('/');
}

/// <summary>The function of an endpoint, as metadata.</summary>
internal sealed record FunctionMetadata(string Name);

/// <summary>Declares the functions of endpoints.</summary>
internal static class FunctionMetadataExtensions
{
    /// <summary>Says which function a call of the endpoint reaches.</summary>
    internal static TBuilder InFunction<TBuilder>(this TBuilder endpoint, string name)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new FunctionMetadata(name));
}
