using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Updates;

/// <summary>What Azure sees of the updates.</summary>
internal sealed class UpdatesFunction(ApiPipeline pipeline)
{
    internal const string Name = "Updates";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "v2/updates")] HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
