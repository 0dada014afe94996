using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Records;

/// <summary>What Azure sees of the records.</summary>
internal sealed class RecordsFunction(ApiPipeline pipeline)
{
    internal const string Name = "Records";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "v2/records")] HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
