using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Accounts;

/// <summary>What Azure sees of signing in, and of starting over.</summary>
internal sealed class AccountsFunction(ApiPipeline pipeline)
{
    internal const string Name = "Accounts";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "v2/{call:regex(^(bootstrap_authentication|forcereset)$)}")]
            HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
