using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Journal;
using TimeTagger.Storage.Tests.Memory;

namespace TimeTagger.Storage.Tests.Embedded;

/// <summary>Counted at the port.</summary>
public sealed class EmbeddedBudgetTests : RequestBudget, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedStorage _embedded;
    private readonly CallLog _log = new();

    public EmbeddedBudgetTests()
    {
        _embedded = EmbeddedStorage.Open(_folder.PathOf("store.db"), TimeProvider.System);
        Storage = FaultyStorage.Around(_embedded.Account, _log);
    }

    private protected override (string Read, string Insert, string Blob, string Message, string Snapshot) Words =>
        ("Query journal", "Insert journal", "Put commits", "Send maintenance", "Get snapshots");

    private protected override (string Commits, string Snapshots) Lists => ("List commits", "List snapshots");

    private protected override StorageAccount Storage { get; }

    public void Dispose()
    {
        _embedded.Dispose();
        _folder.Dispose();
    }

    private protected override string[] Take() => _log.Take();
}
