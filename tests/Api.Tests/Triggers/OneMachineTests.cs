using TimeTagger.Api.Tests.Handler;
using TimeTagger.Storage.Embedded;

namespace TimeTagger.Api.Tests.Triggers;

/// <summary>The queues of a handler that no Functions host has started.</summary>
[NotUnder(NotUnderAttribute.AnyHost, "Where there is a host, that empties the queues.")]
public sealed class OneMachineTests
{
    [Fact]
    public async Task Messages_OfEveryQueue_AreTaken()
    {
        using var data = new DataFolder();
        await using var storage = EmbeddedStorage.Open(data.Database, TimeProvider.System);
        foreach (var queue in new[] { storage.Account.Maintenance, storage.Account.Webhooks })
        {
            await queue.SendAsync("nobody", TimeSpan.Zero, default);
            await queue.SendAsync("l.YW5u", TimeSpan.Zero, default);
        }

        await using var handler = await HandlerProcess.StartAsync(data.Path);

        using var patience = new CancellationTokenSource(HandlerProcess.Patience);
        foreach (var queue in new[] { "maintenance", "webhooks" })
        {
            while (!handler.Output.Contains($"queue for {queue} names no account", StringComparison.Ordinal))
            {
                await Task.Delay(20, patience.Token);
            }
        }

        handler.AssertSound();
    }
}
