using Azure.Storage.Queues;
using TimeTagger.Emulators;
using TimeTagger.FunctionsHost.Tests.Emulator;

namespace TimeTagger.FunctionsHost.Tests.Rules;

/// <summary>A package with a function that a queue of its own sets off, on Azurite.</summary>
public abstract class QueueRules(AzuriteFixture azurite) : IDisposable
{
    internal ScriptedPackage Package { get; } = new();

    internal string Name { get; } = $"q-{Guid.NewGuid():N}";

    public void Dispose()
    {
        Package.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<HostProgram> StartAsync(
        string suffix = "",
        string dataType = "Binary",
        string more = ""
    )
    {
        await CreateAsync(suffix);
        return Start(suffix, dataType, more);
    }

    private protected HostProgram Start(string suffix = "", string dataType = "Binary", string more = "")
    {
        Package.Function(
            "Work",
            $$"""{"type":"queueTrigger","direction":"In","name":"message","queueName":"%QUEUE%","dataType":"{{dataType}}"{{more}}}"""
        );
        return Package.Start([("AzureWebJobsStorage", azurite.ConnectionString), ("QUEUE", Name + suffix)]);
    }

    private protected async Task<QueueClient> CreateAsync(string suffix = "")
    {
        var queue = Queue(suffix);
        await queue.CreateAsync();
        return queue;
    }

    private protected async Task SendAsync(string text) => await Queue().SendMessageAsync(text);

    // Deleted right after the line that says so was printed.
    private protected async Task EmptyAsync()
    {
        using var patience = new CancellationTokenSource(HostProgram.Patience);
        while (await CountAsync() > 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private protected async Task<int> CountAsync()
    {
        var queue = Queue();
        return (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
    }

    private protected QueueClient Queue(string suffix = "") => new(azurite.ConnectionString, Name + suffix);
}

/// <summary>One Azurite for the tests of a class.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private Azurite _azurite = null!;

    public string ConnectionString => _azurite.ConnectionString;

    public async Task InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async Task DisposeAsync() => await _azurite.DisposeAsync();
}
