using TimeTagger.Api.Tests.Server;

namespace TimeTagger.Api.Tests.Durability;

/// <summary>A client that only polls, with chained cursors, and checks each answer against the ones before.</summary>
internal sealed class Follower(ApiClient account)
{
    private const double HalfStep = 0.00005;
    private double _cursor;

    /// <summary>The account this client talks to; another server after a restart.</summary>
    internal ApiClient Account { get; set; } = account;

    /// <summary>How often each key was received.</summary>
    internal Dictionary<string, int> Received { get; } = new(StringComparer.Ordinal);

    /// <summary>What the client holds: key and st.</summary>
    internal Dictionary<string, double> Held { get; } = new(StringComparer.Ordinal);

    internal async Task PollAsync()
    {
        var poll = await Account.PollAsync(_cursor);
        Assert.False(poll.Reset);
        Assert.True(poll.ServerTime >= _cursor - HalfStep, "The cursor went back.");
        foreach (var item in poll.Records)
        {
            var (key, st) = (Poll.KeyOf(item), Poll.StOf(item));
            Assert.True(st >= _cursor - HalfStep && st < poll.ServerTime, $"{key} is outside of its poll.");
            Assert.True(st > Held.GetValueOrDefault(key) + HalfStep, $"{key} came again.");
            Held[key] = st;
            Received[key] = Received.GetValueOrDefault(key) + 1;
        }

        _cursor = poll.ServerTime;
    }

    internal async Task FollowAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await PollAsync();
        }
    }
}
