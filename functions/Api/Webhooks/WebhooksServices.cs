using TimeTagger.Api.Hosting;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Webhooks;

namespace TimeTagger.Api.Webhooks;

/// <summary>What the delivery of webhooks is made of.</summary>
internal static class WebhooksServices
{
    internal static void AddWebhooks(this IServiceCollection services, HandlerOptions options)
    {
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<WebhooksFunction>();
        services.AddSingleton<ITriggered>(provider => provider.GetRequiredService<WebhooksFunction>());
        if (options.PumpsItsQueues)
        {
            services.AddQueuePump<WebhooksFunction>(storage => storage.Webhooks);
        }
    }
}
