using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Azure;
using TimeTagger.Storage.Tests.Embedded;

namespace TimeTagger.Storage.Tests.Maintenance;

/// <summary>Over SQLite.</summary>
public sealed class EmbeddedMaintenanceTests : MaintenanceContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly EmbeddedStorage _embedded;

    public EmbeddedMaintenanceTests() => _embedded = EmbeddedStorage.Open(_folder.PathOf("store.db"), _clock);

    private protected override StorageAccount Storage => _embedded.Account;

    private protected override TimeProvider Clock => _clock;

    public void Dispose()
    {
        _embedded.Dispose();
        _folder.Dispose();
    }

    private protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}

/// <summary>Over Azurite, whose clock is moved with ours.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class AzuriteMaintenanceTests : MaintenanceContract, IAsyncLifetime
{
    private readonly AzuriteFixture _fixture;
    private readonly ShiftedClock _clock = new();

    public AzuriteMaintenanceTests(AzuriteFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        _fixture = fixture;
        Storage = AzuriteFixture.Open(fixture.NewOptions());
    }

    private protected override StorageAccount Storage { get; }

    private protected override TimeProvider Clock => _clock;

    public async Task InitializeAsync() =>
        _clock.Shift = await _fixture.Azurite.NowAsync() - TimeProvider.System.GetUtcNow();

    public Task DisposeAsync() => Task.CompletedTask;

    private protected override async Task PassAsync(TimeSpan time)
    {
        await _fixture.Azurite.AdvanceAsync(time);
        _clock.Shift += time;
    }

    /// <summary>The time, some way on.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        internal TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
