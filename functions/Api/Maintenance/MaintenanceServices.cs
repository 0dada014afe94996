using System.Security.Cryptography;
using TimeTagger.Api.Hosting;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Maintenance;

/// <summary>What maintenance is made of.</summary>
internal static class MaintenanceServices
{
    internal static void AddMaintenance(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(provider => new AccountMaintenance(
            provider.GetRequiredService<StorageAccount>(),
            provider.GetRequiredService<AccountJournal>(),
            new MaintenanceOptions(options.Retention),
            provider.GetRequiredService<RandomNumberGenerator>()
        ));
        services.AddSingleton<Erasure>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<MaintenanceFunction>();
        services.AddSingleton<SweepFunction>();
        if (options.Host == ApiHost.OneMachine)
        {
            services.AddQueuePump<MaintenanceFunction>(storage => storage.Maintenance);
            services.AddHostedService<SweepPump>();
        }
    }
}
