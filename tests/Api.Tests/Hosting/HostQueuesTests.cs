using TimeTagger.Api.Hosting;
using TimeTagger.Api.Tests.Handler;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>Whether the Functions host listens where the handler writes: said at the start, from the settings alone.</summary>
[NotUnder(NotUnderAttribute.AnyHost, "It is about the process of the handler, not about that of a host.")]
public sealed class HostQueuesTests
{
    private const string Key = "AccountKey=c2VjcmV0";

    [Theory]
    [InlineData("AzureWebJobsStorage", $"AccountName=hosts;{Key}", "https://hosts.queue.core.windows.net/")]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true", "http://127.0.0.1:10001/devstoreaccount1")]
    [InlineData("AzureWebJobsStorage", $"AccountName=a;{Key};QueueEndpoint=https://q.example", "https://q.example/")]
    [InlineData("AzureWebJobsStorage__accountName", "hosts", "https://hosts.queue.core.windows.net/")]
    [InlineData("AzureWebJobsStorage__queueServiceUri", "https://hosts.example/q", "https://hosts.example/q")]
    [InlineData("AzureWebJobsStorage", "QueueEndpoint=https://q.example;SharedAccessSignature=sig=a", null)]
    [InlineData("AzureWebJobsStorage__accountName", "no account", null)]
    [InlineData("AzureWebJobsStorage__queueServiceUri", "nowhere", null)]
    [InlineData("AzureWebJobsStorage", "", null)]
    public void Find_SettingOfTheHost_IsTheAddressOfItsQueues(string name, string value, string? expected) =>
        Assert.Equal(expected, HostQueues.Find(variable => variable == name ? value : null)?.AbsoluteUri);

    [Theory]
    [InlineData(
        "AccountName=hosts",
        " (AzureWebJobsStorage: https://hosts.queue.core.windows.net) ",
        "(https://own.queue.core.windows.net)"
    )]
    [InlineData(null, "AzureWebJobsStorage does not say which", "that of https://own.queue.core.windows.net")]
    [InlineData("AccountName=own")]
    public async Task Start_UnderAHost_WarnsOfAnotherAccount(string? hosts, params string[] said)
    {
        using var data = new DataFolder();
        await using var handler = await HandlerProcess.StartAsync(
            data.Path,
            ("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "a"),
            ("TIMETAGGER_STORAGE", "azure"),
            ("TIMETAGGER_STORAGE_CONNECTION", $"AccountName=own;{Key}"),
            ("AzureWebJobsStorage", hosts is null ? null : $"{hosts};{Key}")
        );

        handler.CloseInput();

        Assert.Equal(200, await handler.ExitCodeAsync());
        var lines = handler.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(said.Length > 0 ? 1 : 0, lines.Length);
        Assert.All(said, part => Assert.Contains(part, lines[0], StringComparison.Ordinal));
        Assert.DoesNotContain("c2VjcmV0", handler.Output, StringComparison.Ordinal);
    }
}
