using Microsoft.Azure.Functions.Worker;
using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Settings;

/// <summary>What Azure sees of the settings.</summary>
internal sealed class SettingsFunction(ApiPipeline pipeline)
{
    internal const string Name = "Settings";

    [Function(Name)]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "v2/settings")] HttpRequest request,
        CancellationToken cancellation
    ) => pipeline.AnswerAsync(request.HttpContext, cancellation);
}
