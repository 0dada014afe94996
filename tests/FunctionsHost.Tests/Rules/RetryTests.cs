using System.Text.Json;
using Azure.Storage.Queues;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Functions that are called again before they count as failed.</summary>
public sealed class RetryTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private const string Timer =
        """{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 0 0 1 1 *","runOnStartup":true}""";

    private readonly ScriptedPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Timer_ThatFails_IsCalledAgainAndToldSo()
    {
        _package.Function(
            "Tick",
            Timer,
            ""","retry":{"strategy":"fixedDelay","maxRetryCount":3,"delayInterval":"00:00:00.1"}"""
        );
        await using var host = _package.Start([("SCRIPT_TIMER", "third time")]);

        await host.LineAsync("Tick: Succeeded");

        var contexts = _package
            .Received()
            .Select(call => JsonSerializer.Deserialize<JsonElement>(call.GetProperty("body").GetString()!))
            .Select(payload =>
                payload.GetProperty("Metadata").TryGetProperty("RetryContext", out var context)
                    ? $"{context.GetProperty("RetryCount")} of {context.GetProperty("MaxRetryCount")}"
                    : "none"
            );
        Assert.Equal(["none", "1 of 3", "2 of 3"], contexts);
    }

    [Fact]
    public async Task Retries_OfTheHost_EndAndPausesGrow()
    {
        _package.Host(host =>
            host["retry"] = System.Text.Json.Nodes.JsonNode.Parse(
                """{"strategy":"exponentialBackoff","maxRetryCount":3,"minimumInterval":"00:00:00.1","maximumInterval":"00:00:00.3"}"""
            )
        );
        _package.Function("Tick", Timer);
        await using var host = _package.Start([("SCRIPT_TIMER", "500")]);

        await host.LineAsync("Tick: Failed", 4);

        Assert.Equal(
            ["00:00:00.1000000", "00:00:00.2000000", "00:00:00.3000000"],
            host.Lines.Where(line => line.Contains("Waiting for", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[3])
        );
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(4, _package.Received().Count);
    }

    [Fact]
    public async Task Message_IsTriedAgainByTheSameDelivery()
    {
        var queue = new QueueClient(azurite.ConnectionString, $"q-{Guid.NewGuid():N}");
        await queue.CreateAsync();
        _package.Function(
            "Work",
            $$"""{"type":"queueTrigger","direction":"in","name":"message","queueName":"{{queue.Name}}","dataType":"binary"}""",
            ""","retry":{"strategy":"fixedDelay","maxRetryCount":-1,"delayInterval":"00:00:00.1"}"""
        );
        await using var host = _package.Start([("AzureWebJobsStorage", azurite.ConnectionString)]);
        await queue.SendMessageAsync("third time");

        await host.LineAsync("Work: Succeeded");

        Assert.All(
            await _package.ReceivedAsync("Work", 3),
            call =>
                Assert.Contains(
                    "\"DequeueCount\":\"1\"",
                    call.GetProperty("body").GetString(),
                    StringComparison.Ordinal
                )
        );
    }
}
