using TimeTagger.Storage.Port;

namespace TimeTagger.Storage.Tests.Contract;

public abstract partial class StorageContract
{
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(30);

    private IQueue Queue => Storage.Maintenance;

    [Fact]
    public async Task Receive_Empty_IsNull() => Assert.Null(await Queue.ReceiveAsync(Hidden, None));

    [Fact]
    public async Task Receive_MessageOfAnotherQueue_IsNull()
    {
        await Storage.Webhooks.SendAsync("other", TimeSpan.Zero, None);

        Assert.Null(await Queue.ReceiveAsync(Hidden, None));
        Assert.Equal("other", (await Storage.Webhooks.ReceiveAsync(Hidden, None))?.Body);
    }

    [Fact]
    public async Task Receive_Message_HidesItAndCounts()
    {
        const string Body = " für\t{\"a\": \"🕰 <&>\"}\n";
        await Queue.SendAsync(Body, TimeSpan.Zero, None);

        var message = await Queue.ReceiveAsync(Hidden, None);

        Assert.Equal((Body, 1), (message?.Body, message?.DequeueCount));
        Assert.Null(await Queue.ReceiveAsync(Hidden, None));
    }

    [Fact]
    public async Task Send_Delayed_IsSeenLater()
    {
        await Queue.SendAsync("later", TimeSpan.FromMinutes(5), None);

        Assert.Null(await Queue.ReceiveAsync(Hidden, None));
        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("later", (await Queue.ReceiveAsync(Hidden, None))?.Body);
    }

    [Fact]
    public async Task Receive_HiddenTimeOver_IsSeenAgain()
    {
        await Queue.SendAsync("again", TimeSpan.Zero, None);
        var first = (await Queue.ReceiveAsync(Hidden, None))!;
        await PassAsync(Hidden);

        var second = (await Queue.ReceiveAsync(Hidden, None))!;

        Assert.Equal((first.Id, 2), (second.Id, second.DequeueCount));
        Assert.NotEqual(first.Receipt, second.Receipt);
        Assert.False(await Queue.DeleteAsync(first, None));
        Assert.True(await Queue.DeleteAsync(second, None));
        Assert.False(await Queue.DeleteAsync(second, None));
    }

    [Fact]
    public async Task Delete_HiddenTimeOverButNobodyTookIt_IsDone()
    {
        await Queue.SendAsync("slow", TimeSpan.Zero, None);
        var message = (await Queue.ReceiveAsync(Hidden, None))!;
        await PassAsync(Hidden);

        Assert.True(await Queue.DeleteAsync(message, None));
        Assert.Null(await Queue.ReceiveAsync(Hidden, None));
    }

    [Fact]
    public async Task Receive_BySixteen_EachMessageGoesToOne()
    {
        for (var number = 0; number < 12; number++)
            await Queue.SendAsync($"message {number}", TimeSpan.Zero, None);

        var received = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Queue.ReceiveAsync(Hidden, None)))
        );

        Assert.Equal(12, received.Where(message => message is not null).DistinctBy(message => message!.Id).Count());
        Assert.Equal(4, received.Count(message => message is null));
    }

    [Fact]
    public async Task Send_LargestBody_ComesBackTheSame()
    {
        var body = new string('€', QueueLimits.BodyBytes / 3);
        await Queue.SendAsync(body, TimeSpan.Zero, None);

        Assert.Equal(body, (await Queue.ReceiveAsync(Hidden, None))?.Body);
    }

    [Fact]
    public async Task QueueCalls_BeyondTheLimits_AreRefused()
    {
        await RefusedAsync(() => Queue.SendAsync("", TimeSpan.Zero, None));
        await RefusedAsync(() => Queue.SendAsync("a\r\nb", TimeSpan.Zero, None));
        await RefusedAsync(() => Queue.SendAsync("a\0b", TimeSpan.Zero, None));
        await RefusedAsync(() => Queue.SendAsync("a\uFFFF", TimeSpan.Zero, None));
        await RefusedAsync(() =>
            Queue.SendAsync(new string('€', (QueueLimits.BodyBytes / 3) + 1), TimeSpan.Zero, None)
        );
        await RefusedAsync(() => Queue.SendAsync("a", TimeSpan.FromSeconds(-1), None));
        await RefusedAsync(() => Queue.SendAsync("a", TimeSpan.FromDays(8), None));
        await RefusedAsync(() => Queue.ReceiveAsync(TimeSpan.Zero, None));
        await RefusedAsync(() => Queue.ReceiveAsync(TimeSpan.FromDays(8), None));

        Assert.Null(await Queue.ReceiveAsync(Hidden, None));
    }

    /// <summary>Lets time pass for the store.</summary>
    private protected virtual Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }
}
