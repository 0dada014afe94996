using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using Xunit;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>A client that only listens, and believes whatever it is told: nothing may come twice, nothing too late.</summary>
internal sealed class Poller
{
    /// <summary>What it signed in with: the seed of its token.</summary>
    internal string Seed { get; set; } = "not signed in";

    /// <summary>Its cursor.</summary>
    internal ServerTime ServerTime { get; private set; }

    internal double Cursor => ServerTime.Seconds;

    internal Dictionary<string, (Item Item, ServerTime St)> Items { get; } = [];

    /// <summary>Whom it has asked and not heard from yet.</summary>
    internal object? Asked { get; set; }

    internal void Receive(Updates updates)
    {
        Assert.True(updates.ServerTime.Seconds >= Cursor, "The cursor went back.");
        if (updates.Reset)
        {
            Items.Clear();
        }

        foreach (var stored in updates.Records.ToList())
        {
            Assert.True(updates.Reset || stored.St.Seconds >= Cursor, "Something older than the cursor was sent.");
            Assert.True(stored.St < updates.ServerTime, "Something not older than the next cursor was sent.");
            Items[stored.Item.Key] = (stored.Item, stored.St);
        }

        ServerTime = updates.ServerTime;
    }
}
