using System.Text.Json;
using Azure.Storage.Queues;
using TimeTagger.Emulators;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>Queues as the host listens to them, on Azurite.</summary>
public sealed class QueueTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly ScriptedPackage _package = new();
    private readonly string _name = $"q-{Guid.NewGuid():N}";

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task Message_AsBinaryData_IsBase64AndLeavesTheMetadataAlone()
    {
        await using var host = await StartAsync(isBinary: true);
        await SendAsync("""{"id":5,"nested":{"a":[1]},"arr":[1]}""");

        var call = Assert.Single(await _package.ReceivedAsync("Work", 1));

        Assert.Equal("POST", call.GetProperty("method").GetString());
        var headers = call.GetProperty("headers");
        Assert.Equal("chunked", headers.GetProperty("transfer-encoding").GetString());
        Assert.Equal("application/json; charset=utf-8", headers.GetProperty("content-type").GetString());
        Assert.Equal("Azure-Functions-Host/4.1037.0.0", headers.GetProperty("user-agent").GetString());
        var body = Body(call);
        Assert.Equal(
            """{"id":5,"nested":{"a":[1]},"arr":[1]}"""u8.ToArray(),
            body.GetProperty("Data").GetProperty("message").GetBytesFromBase64()
        );
        var metadata = body.GetProperty("Metadata");
        Assert.Equal("1", metadata.GetProperty("DequeueCount").GetString());
        Assert.True(Guid.TryParse(JsonSerializer.Deserialize<string>(metadata.GetProperty("Id").GetString()!), out _));
        Assert.Equal("Work", metadata.GetProperty("sys").GetProperty("MethodName").GetString());
        await host.LineAsync("Work: Succeeded");
        await EmptyAsync(_name);
    }

    [Fact]
    public async Task Message_AsText_IsEncodedTwiceAndItsFieldsTakeTheMetadatasPlace()
    {
        await using var host = await StartAsync(isBinary: false);
        await SendAsync("""{"id":5,"type":"x","nested":{"a":[1]},"arr":[1]}""");

        var body = Body(Assert.Single(await _package.ReceivedAsync("Work", 1)));

        var once = JsonSerializer.Deserialize<string>(body.GetProperty("Data").GetProperty("message").GetString()!);
        Assert.Equal("""{"id":5,"type":"x","nested":{"a":[1]},"arr":[1]}""", once);
        var metadata = body.GetProperty("Metadata");
        Assert.Equal("\"5\"", metadata.GetProperty("Id").GetString());
        Assert.Equal("\"x\"", metadata.GetProperty("type").GetString());
        Assert.Equal("""{"a":[1]}""", metadata.GetProperty("nested").GetRawText());
        Assert.False(metadata.TryGetProperty("arr", out _));
    }

    [Theory]
    [InlineData("204", "WOULD HANG")]
    [InlineData("empty", "WOULD HANG")]
    [InlineData("null", "WOULD HANG")]
    [InlineData("text", "content type")]
    [InlineData("problem", "content type")]
    [InlineData("list", "no object")]
    [InlineData("logs", "Logs are no list")]
    [InlineData("500", "answered 500")]
    [InlineData("die", "Work: Failed")]
    public async Task Answer_ThatTheHostDoesNotTake_IsTriedAgainAndThenPoison(string answer, string why)
    {
        await using var host = await StartAsync(isBinary: true);
        await SendAsync(answer);

        await host.LineAsync($"moved to {_name}-poison");

        await host.LineAsync(why, 2);
        var counts = Received()
            .Select(call => Body(call).GetProperty("Metadata").GetProperty("DequeueCount").GetString());
        Assert.Equal(["1", "2"], counts);
        await EmptyAsync(_name);
        var poison = await new QueueClient(azurite.ConnectionString, $"{_name}-poison").ReceiveMessageAsync();
        Assert.Equal(answer, poison.Value.MessageText);
    }

    [Fact]
    public async Task Message_ThatHasFailedOftenEnough_LiesInThePoisonQueueAndIsNotDeliveredAgain()
    {
        await using var host = await StartAsync(isBinary: true);
        await SendAsync("500");
        await host.LineAsync($"moved to {_name}-poison");
        await EmptyAsync(_name);
        await SendAsync("ok");
        await host.LineAsync("Work: Succeeded");

        await Task.Delay(TimeSpan.FromSeconds(2)); // more than a failed message stays unseen

        Assert.Equal(3, Received().Count());
        var poison = new QueueClient(azurite.ConnectionString, $"{_name}-poison");
        var message = Assert.Single((await poison.ReceiveMessagesAsync(32)).Value);
        Assert.Equal("500", message.MessageText);
    }

    [Fact]
    public async Task Answer_InAnyFormThatTheHostTakes_DeletesTheMessage()
    {
        await using var host = await StartAsync(isBinary: true);
        await SendAsync("202");

        await host.LineAsync("Work: Succeeded");
        await EmptyAsync(_name);
    }

    [Fact]
    public async Task Messages_RunAtTheSameTime()
    {
        await using var host = await StartAsync(isBinary: true);
        for (var i = 0; i < 4; i++)
        {
            await SendAsync("stay");
        }

        await _package.ReceivedAsync("Work", 4); // none of them is ever answered
    }

    [Fact]
    public async Task FunctionTimeout_KillsTheHandlerAndTriesTheMessageAgain()
    {
        _package.Host(host => host["functionTimeout"] = "00:00:01");
        await using var host = await StartAsync(isBinary: true);
        await SendAsync("stay");

        await host.LineAsync("and the handler is killed", 2);
        await host.LineAsync($"moved to {_name}-poison");
        Assert.True(_package.Starts().Count >= 2);
    }

    [Fact]
    public async Task Queue_ThatIsNotThereYet_IsFoundLater()
    {
        await using var host = Start(isBinary: true);
        await host.LineAsync("The handler is ready.");
        await new QueueClient(azurite.ConnectionString, _name).CreateAsync();
        await SendAsync("ok");

        await host.LineAsync("Work: Succeeded");
    }

    [Theory]
    [InlineData("b2s=", "Work: Succeeded")]
    [InlineData("not base64!", "moved to")]
    public async Task Base64_IsWhatTheHostExpectsUnlessToldOtherwise(string message, string outcome)
    {
        _package.Host(host => host["extensions"]!["queues"]!.AsObject().Remove("messageEncoding"));
        await using var host = await StartAsync(isBinary: true);
        await SendAsync(message);

        await host.LineAsync(outcome);
    }

    private async Task<HostProgram> StartAsync(bool isBinary)
    {
        await new QueueClient(azurite.ConnectionString, _name).CreateAsync();
        return Start(isBinary);
    }

    private HostProgram Start(bool isBinary)
    {
        var type = isBinary ? ""","dataType":"binary" """ : "";
        _package.Function(
            "Work",
            $$"""{"type":"queueTrigger","direction":"in","name":"message","queueName":"%QUEUE%"{{type}}}"""
        );
        return _package.Start([("AzureWebJobsStorage", azurite.ConnectionString), ("QUEUE", _name)]);
    }

    private async Task SendAsync(string text) =>
        await new QueueClient(azurite.ConnectionString, _name).SendMessageAsync(text);

    // Deleted right after the line that says so was printed.
    private async Task EmptyAsync(string name)
    {
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        var queue = new QueueClient(azurite.ConnectionString, name);
        while ((await queue.GetPropertiesAsync(patience.Token)).Value.ApproximateMessagesCount > 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private IEnumerable<JsonElement> Received() =>
        _package.Received().Where(call => call.GetProperty("url").GetString() == "/Work");

    private static JsonElement Body(JsonElement call) =>
        JsonSerializer.Deserialize<JsonElement>(call.GetProperty("body").GetString()!);
}

/// <summary>One Azurite for the tests of a class.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite _azurite = null!;

    public string ConnectionString => _azurite.ConnectionString;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await _azurite.DisposeAsync();
}
