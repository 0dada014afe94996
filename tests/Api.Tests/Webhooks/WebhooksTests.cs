using TimeTagger.Api.Tests.Handler;
using TimeTagger.Storage.Embedded;

namespace TimeTagger.Api.Tests.Webhooks;

/// <summary>The queue for webhooks on one machine.</summary>
[NotUnder(NotUnderAttribute.AnyHost, "Where there is a host, that empties the queues.")]
public sealed class WebhooksTests
{
    [Fact]
    public async Task Message_ThatNamesNoAccount_IsTakenAndSaidInTheLog()
    {
        using var data = new DataFolder();
        await using var storage = EmbeddedStorage.Open(data.Database, TimeProvider.System);
        await storage.Account.Webhooks.SendAsync("nobody", TimeSpan.Zero, default);
        await storage.Account.Webhooks.SendAsync("l.YW5u", TimeSpan.Zero, default);
        await using var handler = await HandlerProcess.StartAsync(data.Path);

        using var patience = new CancellationTokenSource(HandlerProcess.Patience);
        while (!handler.Output.Contains("queue for webhooks names no account", StringComparison.Ordinal))
        {
            await Task.Delay(20, patience.Token);
        }

        handler.AssertSound();
    }
}
