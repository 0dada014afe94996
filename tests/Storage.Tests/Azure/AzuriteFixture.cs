using System.Security.Cryptography;
using Azure.Core.Pipeline;
using TimeTagger.Emulators;
using TimeTagger.Storage.Azure;
using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>One Azurite for all tests that need one. They run one after another, for they share its clock.</summary>
[CollectionDefinition(nameof(AzuriteTests))]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>;

/// <summary>The emulator, and stores in it that nobody else uses.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite? _azurite;

    internal Azurite Azurite => _azurite!;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await Azurite.DisposeAsync();

    /// <summary>How an empty store is reached: names that no other test has.</summary>
    internal AzureStorageOptions NewOptions(HttpMessageHandler? handler = null) =>
        AzureStorageOptions.FromConnectionString(Azurite.ConnectionString) with
        {
            Transport = handler is null ? null : new HttpClientTransport(handler),
            NamePrefix = "t" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),
        };

    /// <summary>An empty store.</summary>
    internal static StorageAccount Open(AzureStorageOptions options) =>
        AzureStorage.Open(options, TimeProvider.System, RandomNumberGenerator.Create());
}
