using TimeTagger.Api.Hosting;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Webhooks;

namespace TimeTagger.Api.Webhooks;

/// <summary>What the delivery of webhooks is made of.</summary>
internal static class WebhooksServices
{
    internal static void AddWebhooks(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<WebhooksFunction>();
        if (options.Host == ApiHost.OneMachine)
        {
            services.AddQueuePump<WebhooksFunction>(storage => storage.Webhooks);
        }
    }
}
