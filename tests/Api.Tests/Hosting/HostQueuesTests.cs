using TimeTagger.Api.Hosting;

namespace TimeTagger.Api.Tests.Hosting;

/// <summary>Where the Functions host listens, from the settings alone.</summary>
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
}
