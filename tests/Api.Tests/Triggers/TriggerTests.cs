using System.Text;
using System.Text.Json;
using TimeTagger.Api.Tests.Handler;

namespace TimeTagger.Api.Tests.Triggers;

/// <summary>The calls of the Functions host for queues and timers, in the shapes in which it makes them.</summary>
[NotUnder(NotUnderAttribute.AnyHost, "It calls what no host passes on.")]
public sealed class TriggerTests(HostedHandler hosted) : IClassFixture<HostedHandler>
{
    private const string Metadata = """
        {"DequeueCount":"1","Id":"\"2935fef8\"","sys":{"MethodName":"Maintenance","UtcNow":"2026-11-22T10:33:53.67Z"}}
        """;

    private const string TimerBody = """
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},
         "Metadata":{"sys":{"MethodName":"Sweep"}}}
        """;

    [Fact]
    public void Bindings_OfFunctionsThatNobodyCalls_AreThoseOfTheHandler() =>
        Assert.Equal(["Maintenance", "Sweep", "Webhooks"], TriggeredFunctions().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/Maintenance", "\"bC5ZV1Jo\"")] // dataType binary
    [InlineData("/Maintenance", "\"\\\"l.YWRh\\\"\"")] // no dataType
    [InlineData("/Maintenance", "{\"account\":\"l.YWRh\"}")]
    [InlineData("/Webhooks", "\"bC5ZV1Jo\"")]
    [InlineData("/Webhooks", "\"eA==\"")] // names no account, and never will
    public async Task Queue_WithAMessage_AnswersAJsonObject(string path, string message) =>
        AssertDone(await PostAsync(path, Queue(message)));

    [Fact]
    public async Task Timer_WithItsStatus_AnswersAJsonObject() => AssertDone(await PostAsync("/Sweep", TimerBody));

    [Theory]
    [InlineData("/Maintenance", "")]
    [InlineData("/Maintenance", "null")]
    [InlineData("/Maintenance", "[]")]
    [InlineData("/Maintenance", "{")]
    [InlineData("/Maintenance", "{\"Data\":null}")]
    [InlineData("/Maintenance", "{\"Data\":{}}")]
    [InlineData("/Maintenance", "{\"Data\":{\"message\":null}}")]
    [InlineData("/Maintenance", "{\"Data\":{\"message\":5}}")]
    [InlineData("/Maintenance", "{\"Data\":{\"message\":\"?\"}}")]
    [InlineData("/Maintenance", "{\"Data\":{\"message\":\"\\\"half\"}}")]
    [InlineData("/Maintenance", "{\"Data\":{\"message\":\"//8=\"}}")] // not UTF-8
    [InlineData("/Sweep", "{\"Data\":{\"other\":{}}}")]
    public async Task Payload_ThatIsNone_IsRefusedSoThatTheHostTakesItForFailed(string path, string body)
    {
        var answer = await PostAsync(path, body);

        answer.AssertRefusedWith(400, "bad request: the payload ");
    }

    [Fact]
    public async Task Payload_LargerThanAnyMessage_IsRefused() =>
        Assert.Equal(413, (await PostAsync("/Maintenance", Queue($"\"{new string('A', 600_000)}\""))).Status);

    [Theory]
    [InlineData("/Maintenance")]
    [InlineData("/Sweep")]
    [InlineData("/Webhooks")]
    public async Task Call_ThatSaysItsLength_IsACallersAndNotTheHosts(string path)
    {
        using var content = new StringContent(TimerBody);

        using var response = await hosted.Handler.Http.PostAsync(new Uri(path, UriKind.Relative), content);

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/Maintenance")]
    [InlineData("POST", "/Unknown")]
    [InlineData("POST", "/api/Maintenance")]
    [InlineData("POST", "/api/..%2fMaintenance")]
    [InlineData("POST", "/api/..%252fMaintenance")]
    public async Task Call_OfAnythingElse_DoesNotReachAFunction(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var content = method == "POST" ? new StringContent(TimerBody) : null;
        request.Content = content;

        var answer = await Answer.ReadAsync(await hosted.Handler.Http.SendAsync(request));

        Assert.Contains(answer.Status, new[] { 401, 404, 405 });
    }

    [Theory]
    [InlineData("Maintenance")]
    [InlineData("Sweep")]
    [InlineData("Webhooks")]
    public async Task Functions_WithoutAFunctionsHost_DoNotExist(string function)
    {
        using var data = new DataFolder();
        await using var handler = await HandlerProcess.StartAsync(data.Path);
        using var content = new StringContent(TimerBody);

        using var response = await handler.Http.PostAsync(new Uri($"/{function}", UriKind.Relative), content);

        Assert.Equal(404, (int)response.StatusCode);
    }

    private static string Queue(string message) => $$"""{"Data":{"message":{{message}}},"Metadata":{{Metadata}}}""";

    private static void AssertDone(Answer answer) => Assert.Equal("{}", answer.Json().GetRawText());

    private async Task<Answer> PostAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true; // as the host does
        return await Answer.ReadAsync(await hosted.Handler.Http.SendAsync(request));
    }

    private static IEnumerable<string> TriggeredFunctions()
    {
        foreach (
            var file in Directory.EnumerateFiles(
                Repository.PathOf("functions/bindings"),
                "function.json",
                SearchOption.AllDirectories
            )
        )
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var bindings = document.RootElement.GetProperty("bindings").EnumerateArray();
            if (bindings.All(binding => binding.GetProperty("type").GetString() is "queueTrigger" or "timerTrigger"))
            {
                yield return Path.GetFileName(Path.GetDirectoryName(file))!;
            }
        }
    }
}

/// <summary>A handler as the Functions host starts it.</summary>
public sealed class HostedHandler : IAsyncLifetime
{
    internal DataFolder Data { get; } = new();

    internal HandlerProcess Handler { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Handler = await HandlerProcess.StartAsync(Data.Path, ("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "a"));

    public async Task DisposeAsync()
    {
        using var _ = Data;
        await Handler.DisposeAsync();
        Handler.AssertSound();
    }
}
