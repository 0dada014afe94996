using TimeTagger.Api.Tests.Server;
using TimeTagger.Storage.Embedded;

namespace TimeTagger.Api.Tests.Triggers;

/// <summary>The queues of a server that no Functions host has started.</summary>
[NotUnderFunctions("Where there is a host, that empties the queues.")]
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

        await using var server = await ServerProcess.StartAsync(data.Path);

        using var patience = new CancellationTokenSource(ServerProcess.Patience);
        foreach (var queue in new[] { "maintenance", "webhooks" })
        {
            while (!server.Output.Contains($"queue for {queue} names no account", StringComparison.Ordinal))
            {
                await Task.Delay(20, patience.Token);
            }
        }

        server.AssertSound();
    }
}
