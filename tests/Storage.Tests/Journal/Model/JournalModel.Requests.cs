using System.Globalization;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>What clients and maintenance ask for. Whatever nobody expects ends the run.</summary>
internal sealed partial class JournalModel
{
    private const int LargeText = 600;

    private readonly List<Sent> _sent = [];

    private async void StartPut(Poller client, ModelInstance instance)
    {
        // Keys of its own show what a poller missed, shared keys what two writers do to each other.
        var text = _sent.Count.ToString(CultureInfo.InvariantCulture);
        var key = _random.Next(2) == 0 ? $"own{text}" : $"shared{_random.Next(3)}";
        if (_random.Next(20) == 0)
        {
            text += Noise(); // So large that it becomes a blob.
        }

        var sent = new Sent(text);
        _sent.Add(sent);
        var mt = _clock.GetUtcNow().ToUnixTimeSeconds() + _random.Next(-5, 5) + 10_000;
        var submission = Submission.Of(new Record(key, mt, 1, 2, text));
        await RunAsync(
            client,
            instance,
            async reading =>
            {
                sent.Life = reading.Head.Created;
                var put = await instance.Journal.PutAsync(reading, "web", ItemKind.Record, [submission], default);
                Assert.Equal([key], put.Accepted);
                sent.Acknowledged = true;
            }
        );
    }

    private static async void StartReset(Poller client, ModelInstance instance) =>
        await RunAsync(client, instance, reading => instance.Journal.ForceResetAsync(reading, "web", default));

    private static async void StartNewSeed(Poller client, ModelInstance instance) =>
        await RunAsync(
            client,
            instance,
            async reading =>
                client.Seed = (
                    await instance.Journal.ReplaceSeedAsync(reading, TokenKind.Web, "k0001", default)
                ).WebSeed
        );

    private async void StartErase(Poller client, ModelInstance instance) =>
        await RunAsync(
            client,
            instance,
            async reading =>
            {
                var life = reading.Head.Created;
                Truth.AskToErase(life);
                await instance.Erasure.EraseAsync(reading, default);
                Assert.True(Truth.IsClosed || Truth.Life > life, "The account is there although it has been erased.");
            }
        );

    private async void StartRead(Poller client, ModelInstance instance)
    {
        var before = Truth.Position;
        await RunAsync(
            client,
            instance,
            async reading =>
            {
                var (last, items) = await instance.Journal.ReadViewAsync(
                    reading,
                    view => (view.LastSt, WatchedStore.ItemsOf(view)),
                    default
                );
                Truth.AssertSeen(last.Next, items, before);
            }
        );
    }

    private async void StartPoll(Poller client, ModelInstance instance)
    {
        if (client.Asked is not null)
        {
            return;
        }

        client.Asked = instance;
        var before = Truth.Position;
        await RunAsync(
            client,
            instance,
            async reading =>
            {
                var updates = await instance.Journal.UpdatesAsync(reading, client.Cursor, default);
                if (ReferenceEquals(client.Asked, instance))
                {
                    client.Receive(updates);
                    Truth.AssertSeen(updates.ServerTime, client.Items, before);
                }
            }
        );
        client.Asked = ReferenceEquals(client.Asked, instance) ? null : client.Asked;
    }

    // A client whose token is not taken any more signs in again, and goes on with what it has.
    private static async Task RunAsync(Poller client, ModelInstance instance, Func<AccountReading, Task> use)
    {
        try
        {
            using var reading = await instance.Journal.ReadAsync(Account, default);
            if (reading is not null && reading.Head.WebSeed == client.Seed)
            {
                await use(reading);
                return;
            }

            using var opened = await instance.Journal.OpenAsync(Account, "model", "k0001", default);
            Assert.Equal(AccountLife.InUse, opened.Head.Life);
            client.Seed = opened.Head.WebSeed;
        }
        catch (Exception e) when (IsTold(e))
        {
            // The client is told to try again, or that the account or its token has gone; what happened is open.
        }
    }

    private static async void StartMaintenance(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (IsTold(e))
        {
            // A later one goes on with it.
        }
    }

    private static void Failed(string account, Exception e)
    {
        if (!IsTold(e))
        {
            throw new InvalidOperationException($"The sweep failed: {e.Message}", e);
        }
    }

    // Memory: where a load is held up for seconds, as in an instance that was killed, the next one is not waited for.
    private static bool IsTold(Exception e) =>
        e is StorageUnavailableException or AccountErasedException or TokenRevokedException or MemoryFullException;

    private string Noise()
    {
        var bytes = new byte[LargeText];
        _random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>What a client wanted to have stored.</summary>
    /// <param name="Text">What no other has.</param>
    private sealed record Sent(string Text)
    {
        /// <summary>The life of the account that it was sent in.</summary>
        public ServerTime Life { get; set; }

        public bool Acknowledged { get; set; }
    }
}
