using System.Diagnostics;
using TimeTagger.Api.Tests.Handler;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>What the Functions host expects of a handler's life.</summary>
[NotUnder(NotUnderAttribute.AnyHost, "It is about the process of the handler, not about that of a host.")]
public sealed class FunctionsHostTests
{
    private static readonly (string, string?) StartedByTheHost = ("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "a");

    // Nothing listens there: a call of the storage would fail, and take its time.
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
        + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

    [Fact]
    public async Task End_OfStandardInput_AsksToBeStartedAgain()
    {
        using var data = new DataFolder();
        await using var handler = await HandlerProcess.StartAsync(data.Path, StartedByTheHost);

        handler.CloseInput();

        Assert.Equal(200, await handler.ExitCodeAsync());
        handler.AssertSound();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_ToStop_AsksToBeStartedAgain(string signal)
    {
        using var data = new DataFolder();
        await using var handler = await HandlerProcess.StartAsync(
            data.Path,
            StartedByTheHost,
            ("TIMETAGGER_STOP_WITH_STDIN", null)
        );

        await handler.SignalAsync(signal);

        Assert.Equal(200, await handler.ExitCodeAsync());
        handler.AssertSound();
    }

    [Fact]
    public async Task Ping_WhereNoStorageAnswers_IsAnsweredAtOnceAndNothingIsWritten()
    {
        using var data = new DataFolder();
        var folder = Path.Combine(data.Path, "not", "there");
        await using var handler = await HandlerProcess.StartAsync(
            folder,
            StartedByTheHost,
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_CONNECTION", Nowhere),
            ("AzureWebJobsStorage", Nowhere)
        );
        var started = Stopwatch.GetTimestamp();

        for (var i = 0; i < 50; i++)
        {
            using var answer = await handler.Http.GetAsync(new Uri("/", UriKind.Relative));
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.Path));
        Assert.DoesNotContain("warn", handler.Output, StringComparison.Ordinal);
    }
}
