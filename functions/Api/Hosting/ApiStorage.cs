using System.Security.Cryptography;
using TimeTagger.Configuration;
using TimeTagger.Storage.Azure;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Hosting;

/// <summary>Opens the store that the settings name.</summary>
internal static class ApiStorage
{
    private const string DatabaseFile = "timetagger.db";

    internal static void AddStorage(this IServiceCollection services, ApiOptions options)
    {
        if (options.Storage.Kind == StorageKind.Embedded)
        {
            services.AddSingleton(provider =>
                EmbeddedStorage.Open(PathIn(options.DataDirectory!), provider.GetRequiredService<TimeProvider>())
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

    /// <summary>Opens the store for a tool: what is missing stays missing.</summary>
    /// <param name="args">Settings from the command line.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="use">
    /// What is done with it; it is closed afterwards. The second argument is the embedded store where it is that one.
    /// </param>
    /// <exception cref="Exception">One that <see cref="TimeTaggerApi.IsForThePerson"/>.</exception>
    internal static async Task<T> UseAsync<T>(
        IReadOnlyList<string> args,
        Func<string, string?> variable,
        Func<StorageAccount, EmbeddedStorage?, Task<T>> use
    )
    {
        var values = SettingValues.Read(Catalogue.All, args, variable);
        var storage = ApiOptions.StorageFrom(values, variable);
        if (storage.Kind == StorageKind.Embedded)
        {
            var file = PathIn(Catalogue.DataDirOf(values));
            await using var embedded = EmbeddedStorage.OpenExisting(file, TimeProvider.System);
            return await use(embedded.Account, embedded);
        }

        using var random = RandomNumberGenerator.Create();
        var options = AzureOptions(storage) with { CreateMissing = false };
        return await use(AzureStorage.Open(options, TimeProvider.System, random), null);
    }

    /// <summary>The address of the queue service that the API writes to; null where that is no service.</summary>
    /// <exception cref="ConfigurationException">The settings name no account.</exception>
    internal static Uri? QueuesOf(StorageChoice storage) =>
        storage.Kind == StorageKind.Embedded ? null : AzureOptions(storage).QueueEndpoint;

    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, DatabaseFile);

    private static AzureStorageOptions AzureOptions(StorageChoice storage)
    {
        try
        {
            return storage.Connection is { } connection
                ? AzureStorageOptions.FromConnectionString(connection)
                : AzureStorageOptions.FromAccount(storage.Account!, storage.ClientId);
        }
        catch (FormatException e)
        {
            var setting = storage.Connection is null ? Catalogue.StorageAccount : (Setting)Catalogue.StorageConnection;
            throw new ConfigurationException($"{setting.Name}: {e.Message}");
        }
    }
}
