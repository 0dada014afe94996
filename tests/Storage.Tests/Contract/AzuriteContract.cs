using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Azure;

namespace TimeTagger.Storage.Tests.Contract;

/// <summary>Azure Storage, as its emulator has it.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class AzuriteContract(AzuriteFixture fixture) : StorageContract
{
    private protected override TimeSpan DateTolerance => TimeSpan.FromSeconds(10);

    public override Task DisposeAsync() => Task.CompletedTask;

    private protected override async Task<StorageAccount> OpenAsync()
    {
        Clock.Advance(await fixture.Azurite.NowAsync() - Clock.GetUtcNow());
        return AzuriteFixture.Open(fixture.NewOptions());
    }

    private protected override async Task PassAsync(TimeSpan time)
    {
        await fixture.Azurite.AdvanceAsync(time);
        await base.PassAsync(time);
    }
}
