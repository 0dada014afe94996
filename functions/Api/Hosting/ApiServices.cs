using System.Security.Cryptography;
using TimeTagger.Api.Accounts;
using TimeTagger.Api.Functions;
using TimeTagger.Api.Limits;
using TimeTagger.Api.Maintenance;
using TimeTagger.Api.Policy;
using TimeTagger.Api.Tokens;
using TimeTagger.Api.Webhooks;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Keys;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Hosting;

/// <summary>What the API is made of.</summary>
internal static class ApiServices
{
    internal static IServiceCollection AddApi(
        this IServiceCollection services,
        ApiOptions options,
        FunctionSwitches switches
    )
    {
        services.AddSingleton(options);
        services.AddSingleton(switches);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(RandomNumberGenerator.Create());
        services.AddStorage(options);
        services.AddSingleton(provider => new SigningKeys(
            provider.GetRequiredService<StorageAccount>().System,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RandomNumberGenerator>()
        ));
        services.AddSingleton(provider => new MemoryBudget(
            options.MemoryBytes,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddRouting();
        services.AddCors();
        AnswerCompression.AddTo(services);
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton(options.Quota);
        services.AddSingleton<AccountJournal>();
        services.AddSingleton<AuthTokens>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Authentication>();
        services.AddMaintenance(options);
        services.AddWebhooks(options);
        services.AddSignIn(options);
        return services;
    }
}
