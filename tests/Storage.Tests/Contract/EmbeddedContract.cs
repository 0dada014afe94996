using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Embedded;

namespace TimeTagger.Storage.Tests.Contract;

/// <summary>One SQLite file.</summary>
public sealed class EmbeddedContract : StorageContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedStorage? _embedded;

    public override async Task DisposeAsync() => await _embedded!.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private protected override Task<StorageAccount> OpenAsync()
    {
        _embedded = EmbeddedStorage.Open(_folder.PathOf("store.db"), Clock);
        return Task.FromResult(_embedded.Account);
    }
}
