using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Health;

/// <summary>What Azure sees of the signs of life.</summary>
internal sealed class HealthFunction(ApiPipeline pipeline)
{
    internal const string Name = "Health";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "status")] HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
