using System.Text.Json;
using Azure.Storage.Queues.Models;
using TimeTagger.TestSupport;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Many messages, messages that take long, and the end of the host meanwhile.</summary>
public sealed class QueueLoadTests(AzuriteFixture azurite) : QueueRules(azurite), IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Messages_RunAtTheSameTimeButNoMoreThanABatchAndAThreshold()
    {
        Package.Host(host =>
        {
            host["extensions"]!["queues"]!["batchSize"] = 2;
            host["extensions"]!["queues"]!["newBatchThreshold"] = 1;
        });
        var queue = await CreateAsync();
        for (var i = 0; i < 8; i++)
        {
            await queue.SendMessageAsync("stay");
        }

        await using var host = Start();
        await Package.NotedAsync("call", 2);
        await Task.Delay(TimeSpan.FromSeconds(2)); // for whatever else might be fetched

        Assert.Equal(2, Package.Noted("call").Count); // with two of them running, no more are fetched
    }

    [Fact]
    public async Task Batches_AreFetchedAsLongAsFewEnoughRun()
    {
        Package.Host(host =>
        {
            host["extensions"]!["queues"]!["batchSize"] = 2;
            host["extensions"]!["queues"]!["newBatchThreshold"] = 2;
        });
        var queue = await CreateAsync();
        for (var i = 0; i < 8; i++)
        {
            await queue.SendMessageAsync("stay");
        }

        await using var host = Start();
        await Package.NotedAsync("call", 4);
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Equal(4, Package.Noted("call").Count);
    }

    [Fact]
    public async Task FunctionTimeout_ReplacesTheWorkerAndTriesTheMessageAgain()
    {
        Package.Host(host => host["functionTimeout"] = "00:00:03");
        await using var host = await StartAsync();
        await SendAsync("stay");

        await host.LineAsync("Timeout value of 00:00:03 exceeded", 2);
        await host.LineAsync("The worker is replaced.");
        await host.LineAsync($"moved to {Name}-poison");
        Assert.True(Package.Workers().Count >= 2);
    }

    [Fact]
    public async Task Stop_OfTheHost_LetsMessagesFinish()
    {
        await using var host = await StartAsync();
        await SendAsync("slow");
        await Package.NotedAsync("call");

        await ProcessTable.SignalAsync(host.Id, "TERM");

        Assert.Equal(0, await host.ExitAsync());
        await host.LineAsync("(Succeeded");
        await EmptyAsync();
        Assert.Single(Package.Noted("terminate"));
    }

    [Fact]
    public async Task Stop_OfTheHost_DoesNotWaitLongForAMessage()
    {
        await using var host = await StartAsync();
        await SendAsync("stay");
        await Package.NotedAsync("call");

        await ProcessTable.SignalAsync(host.Id, "TERM");

        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal(1, await CountAsync()); // and it stays leased
        PeekedMessage[] seen = await Queue().PeekMessagesAsync(32);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task Hosts_TwoOfThem_ShareAQueue()
    {
        await using var first = await StartAsync();
        await using var second = Start();
        await second.LineAsync("The worker is ready.");
        for (var i = 0; i < 20; i++)
        {
            await SendAsync("ok");
        }

        await EmptyAsync();

        Assert.Equal(20, Package.Noted("call").DistinctBy(IdOf).Count());
        Assert.Equal(20, Package.Noted("call").Count);
    }

    private static string IdOf(JsonElement call) => call.GetProperty("metadata").GetProperty("Id").GetString()!;
}
