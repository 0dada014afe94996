using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Journal.Model;
using TimeTagger.Storage.Tests.Memory;

namespace TimeTagger.Storage.Tests.Journal;

public sealed class ReplaceSeedTests
{
    private static readonly AccountKey Account = AccountKey.Local("somebody");

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;
    private readonly AccountJournal _journal;

    public ReplaceSeedTests()
    {
        _memory = new MemoryStorage(_clock);
        _journal = NewInstance(1, _memory.Account);
    }

    [Fact]
    public async Task ReplaceSeedAsync_OneKind_LeavesTheOther()
    {
        var before = (await OpenAsync()).Head;

        var head = await _journal.ReplaceSeedAsync(await OpenAsync(), TokenKind.Api, "k0002", default);

        Assert.Equal(head, (await NewInstance(2, _memory.Account).ReadAsync(Account, default))!.Head);
        Assert.Equal(before.WebSeed, head.WebSeed);
        Assert.NotEqual(before.ApiSeed, head.ApiSeed);
        Assert.Equal("k0002", head.ApiKid);
    }

    [Theory]
    [InlineData(TokenKind.Web)]
    [InlineData(TokenKind.Api)]
    public async Task ReplaceSeedAsync_AnotherReplacedTheWebSeedMeanwhile_IsRevoked(TokenKind kind)
    {
        var first = await OpenAsync();
        var second = await NewInstance(2, _memory.Account).ReadAsync(Account, default);
        var head = await _journal.ReplaceSeedAsync(first, TokenKind.Web, "k0001", default);

        await Assert.ThrowsAsync<TokenRevokedException>(() =>
            _journal.ReplaceSeedAsync(second!, kind, "k0001", default)
        );

        Assert.Equal(head, (await OpenAsync()).Head);
    }

    [Theory]
    [InlineData(TokenKind.Web)]
    [InlineData(TokenKind.Api)]
    public async Task ReplaceSeedAsync_SomethingElseOfTheHeadChangedMeanwhile_StillReplaces(TokenKind kind)
    {
        var first = await OpenAsync();
        var second = await NewInstance(2, _memory.Account).ReadAsync(Account, default);
        var earlier = await _journal.ReplaceSeedAsync(first, TokenKind.Api, "k0001", default);

        var head = await _journal.ReplaceSeedAsync(second!, kind, "k0001", default);

        Assert.Equal(head, (await OpenAsync()).Head);
        Assert.NotEqual(earlier, head);
    }

    [Theory]
    [InlineData(TokenKind.Web)]
    [InlineData(TokenKind.Api)]
    public async Task ReplaceSeedAsync_SentAgainAfterALostAnswer_IsDone(TokenKind kind)
    {
        var before = (await OpenAsync()).Head;
        var storage = _memory.Account with
        {
            Journal = new RepeatedWrites(_memory.Account.Journal, new Random(1)) { Chance = 1 },
        };
        var journal = NewInstance(3, storage);

        var head = await journal.ReplaceSeedAsync((await journal.ReadAsync(Account, default))!, kind, "k0002", default);

        Assert.Equal(head, (await OpenAsync()).Head);
        Assert.Equal(kind == TokenKind.Web, before.WebSeed != head.WebSeed);
        Assert.Equal(kind == TokenKind.Api, before.ApiSeed != head.ApiSeed);
    }

    private AccountJournal NewInstance(int seed, StorageAccount storage) =>
        new(storage.WithLimits(), new MemoryBudget(256 * 1024 * 1024, _clock), _clock, new SeededBytes(seed));

    private Task<AccountReading> OpenAsync() => _journal.OpenAsync(Account, "somebody", "k0001", default);
}
