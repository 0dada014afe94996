using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Journal;

namespace TimeTagger.Storage.Tests.Azure;

/// <summary>Counted on the wire.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class AzureBudgetTests : RequestBudget, IDisposable
{
    private readonly CountingHandler _counter = new();

    public AzureBudgetTests(AzuriteFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        Storage = AzuriteFixture.Open(fixture.NewOptions(_counter));
    }

    private protected override (string Read, string Insert, string Blob, string Message, string Snapshot) Words =>
        ("GET journal", "POST journal", "PUT commits", "POST maintenance", "GET snapshots");

    private protected override (string Commits, string Snapshots) Lists => ("GET commits", "GET snapshots");

    private protected override StorageAccount Storage { get; }

    public void Dispose() => _counter.Dispose();

    private protected override string[] Take() => _counter.Take();
}
