using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Queues as the host listens to them, on Azurite.</summary>
public sealed class QueueTests(AzuriteFixture azurite) : QueueRules(azurite), IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task Message_AsBinaryData_ArrivesAsItIsWithItsMetadata()
    {
        await using var host = await StartAsync();
        await SendAsync("""{"id":5,"nested":{"a":[1]},"arr":[1]}""");

        var call = Assert.Single(await Package.NotedAsync("call"));

        Assert.Equal("Work", call.GetProperty("function").GetString());
        Assert.Equal("message", call.GetProperty("parameter").GetString());
        Assert.Equal("Bytes", call.GetProperty("form").GetString());
        Assert.Equal("""{"id":5,"nested":{"a":[1]},"arr":[1]}""", call.GetProperty("data").GetString());
        var metadata = call.GetProperty("metadata");
        Assert.Equal(1, metadata.GetProperty("DequeueCount").GetInt32());
        Assert.True(Guid.TryParse(metadata.GetProperty("Id").GetString(), out _));
        Assert.Equal("Work", metadata.GetProperty("sys").GetProperty("MethodName").GetString());
        // It is leased for ten minutes.
        var lease = metadata.GetProperty("NextVisibleTime").GetDateTimeOffset() - InsertionOf(metadata);
        Assert.InRange(lease.TotalMinutes, 10, 12);
        await host.LineAsync($"Executing 'Functions.Work' (Reason='New queue message detected on '{Name}'.'");
        await host.LineAsync("Executed 'Functions.Work' (Succeeded");
        await EmptyAsync();
    }

    [Fact]
    public async Task Message_AsText_LetsItsFieldsTakeTheMetadatasPlace()
    {
        await using var host = await StartAsync(dataType: "String");
        await SendAsync("""{"id":5,"type":"x","nested":{"a":[1]},"arr":[1]}""");

        var call = Assert.Single(await Package.NotedAsync("call"));

        Assert.Equal("String", call.GetProperty("form").GetString());
        var metadata = call.GetProperty("metadata");
        Assert.Equal("5", metadata.GetProperty("Id").GetString());
        Assert.Equal("x", metadata.GetProperty("type").GetString());
        Assert.Equal("""{"a":[1]}""", metadata.GetProperty("nested").GetRawText());
        Assert.False(metadata.TryGetProperty("arr", out _));
    }

    [Fact]
    public async Task Message_ForAFunctionThatBindsItItself_IsDescribed()
    {
        await using var host = await StartAsync(more: ""","properties":{"supportsDeferredBinding":"True"}""");
        await SendAsync("ok");

        var call = Assert.Single(await Package.NotedAsync("call"));

        Assert.Equal("ModelBindingData", call.GetProperty("form").GetString());
        var message = JsonSerializer.Deserialize<JsonElement>(call.GetProperty("data").GetString()!);
        Assert.Equal("ok", message.GetProperty("MessageText").GetString());
        Assert.Equal(1, message.GetProperty("DequeueCount").GetInt32());
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("die")]
    public async Task Message_ThatFails_IsTriedAgainAndThenPoison(string script)
    {
        await using var host = await StartAsync();
        await SendAsync(script);

        await host.LineAsync($"moved to {Name}-poison");

        var calls = Package.Noted("call");
        Assert.Equal([1, 2], calls.Select(call => call.GetProperty("metadata").GetProperty("DequeueCount").GetInt32()));
        await EmptyAsync();
        var poison = Queue("-poison");
        Assert.Equal(script, Assert.Single((await poison.ReceiveMessagesAsync(32)).Value).MessageText);
        await SendAsync("ok");
        await host.LineAsync("Executed 'Functions.Work' (Succeeded");
        Assert.Equal(3, Package.Noted("call").Count);
    }

    [Fact]
    public async Task Message_ThatSucceedsAtLast_IsDeleted()
    {
        await using var host = await StartAsync();
        await SendAsync("second time");

        await host.LineAsync("(Failed");
        await host.LineAsync("(Succeeded");

        await EmptyAsync();
    }

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("00:30:00", true)]
    public async Task Message_ThatFailed_IsUnseenForTheVisibilityTimeout(string timeout, bool isUnseen)
    {
        Package.Host(host =>
        {
            host["extensions"]!["queues"]!["visibilityTimeout"] = timeout;
            host["extensions"]!["queues"]!["maxDequeueCount"] = 1_000_000;
        });
        await using var host = await StartAsync();
        await SendAsync("fail");

        await host.LineAsync("(Failed", isUnseen ? 1 : 3);

        if (isUnseen)
        {
            await SendAsync("ok");
            await host.LineAsync("(Succeeded");
            Assert.Equal(2, Package.Noted("call").Count);
        }
    }

    [Fact]
    public async Task Queue_ThatIsNotThereYet_IsFoundLater()
    {
        await using var host = Start();
        await host.LineAsync("The worker is ready.");
        await CreateAsync();
        await SendAsync("ok");

        await host.LineAsync("(Succeeded");
        Assert.DoesNotContain("cannot be read", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b2s=", "(Succeeded")]
    [InlineData("not base64!", "moved to")]
    public async Task Base64_IsWhatTheHostExpectsUnlessToldOtherwise(string message, string outcome)
    {
        Package.Host(host => ((JsonObject)host["extensions"]!["queues"]!).Remove("messageEncoding"));
        await using var host = await StartAsync();
        await SendAsync(message);

        await host.LineAsync(outcome);

        Assert.Equal(
            outcome == "moved to" ? [] : ["ok"],
            Package.Noted("call").Select(call => call.GetProperty("data").GetString())
        );
    }

    [Fact]
    public async Task Message_InAQueueForPoison_HasNoPoisonQueueOfItsOwn()
    {
        await using var host = await StartAsync(suffix: "-poison");
        await Queue("-poison").SendMessageAsync("fail");

        await host.LineAsync("(Failed");

        await Task.Delay(TimeSpan.FromSeconds(2)); // longer than a failed message stays unseen
        Assert.Single(Package.Noted("call")); // it is unseen for the rest of its lease
        Assert.False(await Queue("-poison-poison").ExistsAsync());
    }

    private static DateTimeOffset InsertionOf(JsonElement metadata) =>
        DateTimeOffset.Parse(metadata.GetProperty("InsertionTime").GetString()!, CultureInfo.InvariantCulture);
}
