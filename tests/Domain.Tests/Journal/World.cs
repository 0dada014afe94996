using System.Globalization;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Records;
using TimeTagger.Domain.Writing;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Domain.Tests.Journal;

/// <summary>What can happen.</summary>
public enum StepKind
{
    Edit,
    Push,
    PushLosingAnswer,
    Poll,
    PollLosingAnswer,
    ForeignPut,
    Reset,
}

/// <summary>One thing that happens: who, to which key, how many seconds later, with a clock that is how wrong.</summary>
public sealed record Step(StepKind Kind, int Client, string Key, int Seconds, int Skew);

/// <summary>A server and its clients, with the merge rules of both, and a memory of everything that was accepted.</summary>
internal sealed class World(int clients)
{
    private readonly AccountView _server = new(new ServerTime(17_000_000_000_000));
    private readonly List<Entry> _journal = [];
    private readonly HashSet<Item> _accepted = [];
    private readonly ModelClient[] _clients = [.. Enumerable.Range(0, clients).Select(_ => new ModelClient())];
    private long _now = 1_700_000_000;
    private int _edits;

    internal void Do(Step step)
    {
        _now += step.Seconds;
        var client = _clients[step.Client];
        switch (step.Kind)
        {
            case StepKind.Edit:
                client.Edit(step.Key, _now + step.Skew, NextDescription());
                break;
            case StepKind.Push:
                client.Pushed(Put(client.Waiting));
                break;
            case StepKind.PushLosingAnswer:
                Put(client.Waiting);
                break;
            case StepKind.Poll:
                client.Receive(Updates.From(_server, client.Cursor));
                break;
            case StepKind.PollLosingAnswer:
                Updates.From(_server, client.Cursor);
                break;
            case StepKind.ForeignPut:
                // A client that keeps no rule at all: any mt, no cursor.
                Put([new Record(step.Key, _now + step.Skew, 1, 2, NextDescription())]);
                break;
            case StepKind.Reset:
                Append(EntryKind.Reset, []);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    internal void SyncAll()
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var client in _clients)
            {
                client.Receive(Updates.From(_server, client.Cursor));
                client.Pushed(Put(client.Waiting));
                client.Receive(Updates.From(_server, client.Cursor));
            }
        }
    }

    internal void AssertConverged()
    {
        var server = _server
            .All(ItemKind.Record)
            .ToList()
            .ToDictionary(stored => stored.Item.Key, stored => stored.Item);
        foreach (var client in _clients)
        {
            Assert.Empty(client.Waiting);
            Assert.Equal(server, client.Items);
        }

        AssertNothingAcceptedIsLost();
        AssertNewestEntriesAgreeWithTheView();
    }

    // Each accepted version is either in force, or what a later change replaced, or kept as what lost.
    private void AssertNothingAcceptedIsLost()
    {
        var kept = _server.All(ItemKind.Record).ToList().Select(stored => stored.Item).ToHashSet();
        foreach (var change in _journal.SelectMany(entry => entry.Changes))
        {
            kept.UnionWith(new[] { change.Was?.Item, change.Lost }.OfType<Item>());
        }

        Assert.Subset(kept, _accepted);
    }

    private void AssertNewestEntriesAgreeWithTheView()
    {
        foreach (var since in _journal.Select(entry => entry.St.Seconds))
        {
            var quick = Updates.FromNewest(Enumerable.Reverse(_journal), since, _server.LastSt);
            if (quick is not null)
            {
                var whole = Updates.From(_server, since);
                Assert.Equal(whole.ServerTime, quick.ServerTime);
                Assert.Equal(whole.Reset, quick.Reset);
                Assert.Equal(whole.Records.ToList(), quick.Records.ToList());
            }
        }
    }

    private Put Put(IReadOnlyCollection<Item> items)
    {
        var put = Domain.Writing.Put.Merge(
            _server,
            ItemKind.Record,
            [.. items.Select(Submission.Of)],
            _server.LastSt.Next,
            Quota.None
        );
        Append(EntryKind.Items, put.Changes);
        _accepted.UnionWith(items.Where(item => !put.Failed.Contains(item.Key)));
        return put;
    }

    private void Append(EntryKind kind, IReadOnlyList<Change> changes)
    {
        if (kind == EntryKind.Items && changes.Count == 0)
        {
            return;
        }

        var now = new ServerTime(_now * ServerTime.StepsPerSecond);
        var st = ServerTime.Max(now, _server.LastSt.Next);
        var entry = new Entry(_server.Version + 1, kind, st, now, "id", "web", changes);
        _server.Apply(entry);
        _journal.Add(entry);
    }

    private string NextDescription() => (++_edits).ToString(CultureInfo.InvariantCulture);
}
