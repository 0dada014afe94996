using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using TimeTagger.Storage.Webhooks;

namespace TimeTagger.Storage.Tests.Webhooks;

public sealed class SubscriptionsTests
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly StorageAccount _storage = new MemoryStorage(new FakeTimeProvider()).Account.WithLimits();

    [Theory]
    [InlineData("head")]
    [InlineData("z999999999998")]
    [InlineData("hool")]
    public async Task ExpectNone_OtherRows_AreNoSubscriptions(string key)
    {
        await InsertAsync(key);

        await new Subscriptions(_storage).ExpectNoneAsync(Account, default);
    }

    [Fact]
    public async Task ExpectNone_OneOfANewerRelease_IsLeftToThat()
    {
        await InsertAsync("hook.1");

        await Assert.ThrowsAsync<NewerFormatException>(() =>
            new Subscriptions(_storage).ExpectNoneAsync(Account, default)
        );
        await new Subscriptions(_storage).ExpectNoneAsync(AccountKey.Local("else"), default);
    }

    private async Task InsertAsync(string key) =>
        Assert.True(
            await _storage.Journal.InsertAsync(
                new Row(Account.Value, key, new Dictionary<string, object>(StringComparer.Ordinal) { ["Format"] = 1L }),
                default
            )
        );
}
