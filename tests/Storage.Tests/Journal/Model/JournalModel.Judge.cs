using TimeTagger.Domain.Journal;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>What must be right when all is quiet.</summary>
internal sealed partial class JournalModel
{
    private void Settle()
    {
        _faults.Calm = true;
        (_late.Chance, _journal.Chance, _system.Chance) = (0, 0, 0);
        Drain();
        _late.EndAll();
        for (var day = 0; day < 4; day++)
        {
            _clock.Advance(TimeSpan.FromHours(25));
            Crash(day % _instances.Count);
            _thread.Run(() =>
                StartMaintenance(() => _instances[day % _instances.Count].Sweep.RunAsync(Failed, default))
            );
            Drain();
        }
    }

    internal void Check()
    {
        AssertNothingIsLostOrTwice();
        AssertNothingIsLeftOver();
        AssertEverybodyIsUpToDate();
        var checker = new JournalChecker(_memory.Account);
        Assert.Empty(checker.CheckAsync(default).ToBlockingEnumerable());
    }

    private void AssertNothingIsLostOrTwice()
    {
        var stored = Truth
            .Entries.SelectMany(entry => Texts(entry.Entry).Select(text => (text, entry.Life)))
            .ToLookup(found => found.text, found => found.Life);
        foreach (var sent in _sent)
        {
            var times = stored[sent.Text].Count();
            Assert.True(times == 1 || (times == 0 && !sent.Acknowledged), $"{sent} is stored {times} times.");
            Assert.All(stored[sent.Text], life => Assert.Equal(sent.Life, life));
        }
    }

    // What the head does not name is not there any more, and so nothing of any life that has ended.
    private void AssertNothingIsLeftOver()
    {
        Assert.Empty(_memory.System.RowsAsync(SystemRows.Erasures, SystemRows.All, default).ToBlockingEnumerable());
        var (head, rows) = (_watched.Head!, _watched.Rows.FindAll(row => row.Key != JournalKeys.Head));
        Assert.Equal(Truth.IsClosed ? AccountLife.Erased : AccountLife.InUse, head.Life);
        Assert.All(rows, row => Assert.True(JournalKeys.NumberOf(row.Key) >= head.First, $"{row.Key} was left over."));

        // All are older than what is kept, so only the one stays that says where the journal is.
        Assert.InRange(rows.Count, 0, 1);
        Assert.Equal(Names(head.Snapshot?.Blob), BlobsOf(_memory.Snapshots));
        Assert.Equal(Names([.. rows.Select(row => row.Text("Blob"))]), BlobsOf(_memory.Commits));

        var lives = _sent.ToDictionary(sent => sent.Text, sent => sent.Life);
        var texts = rows.SelectMany(row => Texts(_watched.Read(row))).ToList();
        Assert.All(texts, text => Assert.Equal((Truth.Life, false), (lives[text], Truth.IsClosed)));
    }

    private void AssertEverybodyIsUpToDate()
    {
        foreach (var instance in Enumerable.Range(0, _instances.Count))
        {
            Crash(instance);
        }

        // Twice: who was signed out signs in again first.
        foreach (var client in _clients.Concat(_clients))
        {
            Assert.Null(client.Asked);
            _thread.Run(() => StartPoll(client, _instances[0]));
            Drain();
            _thread.Run(() => StartRead(client, _instances[1]));
            Drain();
        }

        Assert.All(_clients, client => Truth.AssertSeen(client.ServerTime, client.Items, Truth.Position));
    }

    private static IEnumerable<string> Texts(Entry entry) =>
        entry
            .Changes.SelectMany(change => change.IsRestamp ? [change.Lost] : new[] { change.Now, change.Lost })
            .OfType<Record>()
            .Select(record => record.Ds!);

    private static List<string> BlobsOf(MemoryBlobs blobs) =>
        [.. blobs.ListAsync("", default).ToBlockingEnumerable().Select(blob => blob.Name)];

    private static IEnumerable<string> Names(params string?[] names) =>
        names.OfType<string>().Order(StringComparer.Ordinal);
}
