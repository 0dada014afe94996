using TimeTagger.Api.Hosting;
using TimeTagger.Api.Policy;

namespace TimeTagger.Api.Triggers;

/// <summary>
/// The calls that the Functions host makes when a queue or a timer sets a function off: <c>POST /&lt;function&gt;</c>.
/// They lie outside of <c>/api</c>, which is what the host passes on for others. Without a host they do not exist.
/// </summary>
/// <remarks>
/// A host of the forwarding shape resolves dots that were escaped twice, so that a caller's path can leave <c>/api</c>. But
/// it forwards no body without a length, and its own calls have none: whatever says a length is a caller's.
/// </remarks>
internal static class TriggerEndpoints
{
    private const string QueueBinding = "message";
    private const string TimerBinding = "timer";

    // Without a JSON object in the answer the host waits until the function's time is over, and then kills us.
    private static readonly JsonAnswer Done = JsonAnswer.Of(static _ => { });

    internal static void MapTriggers(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<HandlerOptions>().UnderFunctionsHost)
        {
            return;
        }

        foreach (var triggered in app.Services.GetServices<ITriggered>())
        {
            app.MapPost($"/{triggered.Function}", context => AnswerAsync(triggered, context))
                .WithAccess(AccessPolicy.Anonymous);
        }
    }

    private static async Task AnswerAsync(ITriggered triggered, HttpContext context)
    {
        if (context.Request.Headers.TransferEncoding.Count == 0)
        {
            throw new ApiErrorException(ApiError.NotServed($"/{triggered.Function}"));
        }

        var bodies = context.RequestServices.GetRequiredService<BodyReader>();
        var cancellation = context.RequestAborted;
        switch (triggered)
        {
            case IQueueTriggered queue:
                var message = await TriggerPayload.ReadAsync(context.Request, bodies, QueueBinding);
                await queue.RunAsync(TriggerPayload.MessageOf(message), cancellation);
                break;
            case ITimerTriggered timer:
                await TriggerPayload.ReadAsync(context.Request, bodies, TimerBinding);
                await timer.RunAsync(cancellation);
                break;
            default:
                throw new InvalidOperationException($"Nothing is known to set off {triggered.Function}.");
        }

        await Done.ExecuteAsync(context);
    }
}
