using System.Security.Cryptography;
using TimeTagger.Configuration;
using TimeTagger.Storage.Azure;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Hosting;

/// <summary>Opens the store that the settings name.</summary>
internal static class HandlerStorage
{
    private const string DatabaseFile = "timetagger.db";

    internal static void AddStorage(this IServiceCollection services, HandlerOptions options)
    {
        if (options.Storage.Kind == StorageKind.Embedded)
        {
            services.AddSingleton(provider =>
                EmbeddedStorage.Open(
                    Path.Combine(options.DataDirectory, DatabaseFile),
                    provider.GetRequiredService<TimeProvider>()
                )
            );
            services.AddSingleton(provider => provider.GetRequiredService<EmbeddedStorage>().Account);
        }
        else
        {
            services.AddSingleton(provider =>
                AzureStorage.Open(
                    AzureOptions(options.Storage),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<RandomNumberGenerator>()
                )
            );
        }
    }

    private static AzureStorageOptions AzureOptions(StorageChoice storage)
    {
        try
        {
            return storage.Connection is { } connection
                ? AzureStorageOptions.FromConnectionString(connection)
                : AzureStorageOptions.FromAccount(storage.Account!, clientId: null);
        }
        catch (FormatException e)
        {
            var setting = storage.Connection is null ? Catalogue.StorageAccount : (Setting)Catalogue.StorageConnection;
            throw new ConfigurationException($"{setting.Name}: {e.Message}");
        }
    }
}
