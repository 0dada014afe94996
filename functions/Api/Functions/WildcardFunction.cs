using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Functions;

/// <summary>
/// What no other function names: unknown paths, and known ones in other clothes. Its name sorts last, because the host tries
/// routes by the names of their functions, not by how exact they are.
/// </summary>
internal sealed class WildcardFunction(ApiPipeline pipeline)
{
    internal const string Name = "Wildcard";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
