using Azure.Storage.Queues;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>What functions put out to queues, on Azurite.</summary>
public sealed class OutputTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly ScriptedPackage _package = new();
    private readonly string _name = $"q-{Guid.NewGuid():N}";

    public void Dispose() => _package.Dispose();

    [Theory]
    [InlineData("""{"Outputs":{"out":"a text"}}""", "a text")]
    [InlineData("""{"Outputs":{"out":["a text",{"a":1},5]}}""", "5", "a text", "{\n  \"a\": 1\n}")]
    [InlineData("""{"Outputs":{"out":"aGVsbG8="}}""", "hello")] // valid Base64 is decoded
    [InlineData("""{"Outputs":{"out":null,"other":"x"}}""")]
    [InlineData("""{"ReturnValue":"a text"}""", "a text")]
    public async Task Output_ToAQueue_IsAMessageForEachElement(string says, params string[] expected)
    {
        await using var host = Start(says.Contains("ReturnValue", StringComparison.Ordinal) ? "$return" : "out");

        await CallAsync(host, says, 204);

        Assert.Equal(expected, await MessagesAsync());
    }

    [Fact]
    public async Task Output_WhereMessagesAreBase64_IsEncoded()
    {
        _package.Host(host => host["extensions"]!["queues"]!.AsObject().Remove("messageEncoding"));
        await using var host = Start("out");

        await CallAsync(host, """{"Outputs":{"out":["a text","aGVsbG8="]}}""", 204);

        Assert.Equal(["YSB0ZXh0", "aGVsbG8="], await MessagesAsync());
    }

    [Fact]
    public async Task Output_ThatFails_LeavesTheOthersSent()
    {
        await using var host = Start("out");

        await CallAsync(host, """{"Outputs":{"out":["first","abcdefgh","last"]}}""", 500);

        Assert.Equal(["first"], await MessagesAsync());
        await host.LineAsync("Told: Failed: its output out was taken for Base64");
    }

    private HostProgram Start(string output)
    {
        _package.Function(
            "Told",
            """{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","route":"told"},"""
                + $$"""{"type":"queue","direction":"out","name":"{{output}}","queueName":"%QUEUE%"}"""
        );
        Directory.Delete(Path.Combine(_package.Path, "Api"), recursive: true);
        return _package.Start([("AzureWebJobsStorage", azurite.ConnectionString), ("QUEUE", _name)]);
    }

    private static async Task CallAsync(HostProgram host, string says, int status)
    {
        using var answer = await host.Http.GetAsync($"/api/told?answer={Uri.EscapeDataString(says)}");
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task<IEnumerable<string>> MessagesAsync()
    {
        var queue = new QueueClient(azurite.ConnectionString, _name);
        return await queue.ExistsAsync()
            ? (await queue.ReceiveMessagesAsync(32))
                .Value.Select(message => message.MessageText)
                .Order(StringComparer.Ordinal)
            : [];
    }
}
