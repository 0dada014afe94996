using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Api.Triggers;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Port;

namespace TimeTagger.Api.Tests.Triggers;

/// <summary>Queues on one machine, where no Functions host hands their messages on.</summary>
[NotUnderFunctions("Where there is a host, that empties the queues.")]
public sealed class QueuePumpTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DataFolder _data = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Scripted _function = new();
    private readonly FakeLogger<QueuePump> _log = new();
    private EmbeddedStorage _storage = null!;
    private QueuePump _pump = null!;

    private IQueue Queue => _storage.Account.Webhooks;

    public async Task InitializeAsync()
    {
        _storage = EmbeddedStorage.Open(_data.Database, _clock);
        _pump = new QueuePump(Queue, _function, _clock, _log);
        await _pump.StartAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _pump.StopAsync(default);
        await _storage.DisposeAsync();
    }

    public void Dispose()
    {
        _pump.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Messages_OneAfterTheOther_AreHandedOnAndDeleted()
    {
        await Queue.SendAsync("a", TimeSpan.Zero, default);
        await Queue.SendAsync("b", TimeSpan.Zero, default);

        Assert.Equal(["a", "b"], [await NextAsync(), await NextAsync()]);

        // One that was not deleted would come again, and first.
        _clock.Advance(TimeSpan.FromHours(1));
        await Queue.SendAsync("c", TimeSpan.Zero, default);
        Assert.Equal("c", await NextAsync());
    }

    [Fact]
    public async Task Message_ThatFails_IsTriedFiveTimesAndThenGivenUp()
    {
        await Queue.SendAsync("fail", TimeSpan.Zero, default);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("fail", await NextAsync());
        }

        _clock.Advance(TimeSpan.FromHours(1));
        await Queue.SendAsync("last", TimeSpan.Zero, default);
        Assert.Equal("last", await NextAsync());
        Assert.Equal(5, Logged(LogLevel.Warning, "Scripted failed at a message"));
        Assert.Equal(1, Logged(LogLevel.Error, "Scripted failed 5 times"));
    }

    private int Logged(LogLevel level, string beginning) =>
        _log
            .Collector.GetSnapshot()
            .Count(line => line.Level == level && line.Message.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The next message that the function gets, however long the clock has to go.</summary>
    private async Task<string> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_function.Messages.Reader.TryRead(out var message))
            {
                return message;
            }

            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(1, patience.Token);
        }
    }

    private sealed class Scripted : IQueueTriggered
    {
        public string Function => "Scripted";

        public Channel<string> Messages { get; } = Channel.CreateUnbounded<string>();

        public async Task RunAsync(string message, CancellationToken cancellation)
        {
            await Messages.Writer.WriteAsync(message, cancellation);
            if (message == "fail")
            {
                throw new InvalidOperationException(message);
            }
        }
    }
}
