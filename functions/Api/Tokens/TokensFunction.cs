using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Tokens;

/// <summary>What Azure sees of the tokens.</summary>
internal sealed class TokensFunction(ApiPipeline pipeline)
{
    internal const string Name = "Tokens";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "v2/{kind:regex(^(webtoken|apitoken)$)}")]
            HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
