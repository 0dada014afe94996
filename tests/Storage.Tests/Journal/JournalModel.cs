using System.Globalization;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>
/// Several instances of the journal over one store, each with a wrong clock, with every storage call held at a gate
/// and let through in a random order: calls fail, answers get lost, inserts arrive late, pages are short, instances
/// crash. At the end the journal and what every poller has received must be right.
/// </summary>
internal sealed class JournalModel
{
    private static readonly AccountKey Account = AccountKey.Local("model");
    private static readonly int[] ClockErrors = [0, -3600, 90_000, 2];

    private readonly Random _random;
    private readonly SingleThread _thread = new();
    private readonly ManualClock _truth = new();
    private readonly MemoryStorage _memory;
    private readonly LateInserts _late;
    private readonly Faults _faults;
    private readonly List<Instance> _instances = [];
    private readonly List<Poller> _pollers = [];
    private readonly List<Sent> _sent = [];
    private int _crashes;

    internal JournalModel(int seed)
    {
        _random = new Random(seed);
        _memory = new MemoryStorage(_truth);
        _late = new LateInserts(_memory.Journal, _random) { Chance = 0.05 };
        _faults = new Faults(
            new RandomFaults(seed)
            {
                ShortPages = 0.3,
                LateEnds = 0.3,
                FailuresBefore = 0.05,
                LostAnswers = 0.08,
                Skew = TimeSpan.FromSeconds(1),
            },
            new RandomFaults(seed)
        );
        for (var i = 0; i < 3; i++)
        {
            _instances.Add(NewInstance(i));
            _pollers.Add(new Poller());
        }

        Create();
    }

    /// <summary>How often something happened: a model that never meets its faults proves nothing.</summary>
    internal (int Acknowledged, int Unknown, int Crashes) Counts =>
        (_sent.Count(sent => sent.Acknowledged), _sent.Count(sent => !sent.Acknowledged), _crashes);

    internal void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            _thread.Run(Step);
        }

        Settle();
    }

    internal void Check()
    {
        var entries = Entries();
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n), entries.Select(entry => entry.Number));
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.True(pair.First.St < pair.Second.St));
        Assert.Equal(entries.Count, entries.Select(entry => entry.CommitId).Distinct().Count());

        // At stays near the truth, however wrong the clocks are.
        Assert.All(entries, entry => Assert.InRange((_truth.GetUtcNow() - ToInstant(entry.At)).TotalHours, -0.1, 1));

        var stored = entries
            .SelectMany(entry => entry.Changes)
            .SelectMany(change => change.IsRestamp ? [change.Lost] : new[] { change.Now, change.Lost })
            .OfType<Record>()
            .GroupBy(record => record.Ds!)
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.All(_sent, sent => Assert.InRange(stored.GetValueOrDefault(sent.Text), sent.Acknowledged ? 1 : 0, 1));

        var view = new AccountView(AccountHead.From(HeadRow()).Created);
        entries.ForEach(view.Apply);
        var expected = view.All(ItemKind.Record)
            .ToList()
            .ToDictionary(item => item.Item.Key, item => (item.Item, item.St));
        Assert.All(_pollers, poller => Assert.Equal(expected, poller.Items));
    }

    private void Step()
    {
        _truth.Advance(TimeSpan.FromMilliseconds(_random.Next(200)));
        switch (_random.Next(100))
        {
            case < 8:
                StartPut(_instances[_random.Next(_instances.Count)]);
                break;
            case < 18:
                StartPoll(_pollers[_random.Next(_pollers.Count)], _instances[_random.Next(_instances.Count)]);
                break;
            case < 20:
                _late.LandOne();
                break;
            case 20 when _random.Next(4) == 0:
                Crash(_random.Next(_instances.Count));
                break;
            case 21 when _random.Next(4) == 0:
                StartReset(_instances[_random.Next(_instances.Count)]);
                break;
            default:
                ReleaseOne();
                break;
        }
    }

    private void ReleaseOne()
    {
        var busy = _instances.Where(instance => instance.Gates.Held.Count > 0).ToList();
        if (busy.Count > 0)
        {
            var gates = busy[_random.Next(busy.Count)].Gates;
            gates.Release(_random.Next(gates.Held.Count));
        }
    }

    // A process that is killed: what it was doing never goes on, and what it knew is gone.
    private void Crash(int index)
    {
        _crashes++;
        foreach (var poller in _pollers.Where(poller => ReferenceEquals(poller.Asked, _instances[index])))
        {
            poller.Asked = null;
        }

        _instances[index] = NewInstance(index);
    }

    private void Settle()
    {
        _faults.Calm = true;
        _late.Chance = 0;
        while (_instances.Exists(instance => instance.Gates.Held.Count > 0))
        {
            _thread.Run(() =>
            {
                _truth.Advance(TimeSpan.FromSeconds(1));
                ReleaseOne();
            });
        }

        foreach (var poller in _pollers)
        {
            Assert.Null(poller.Asked);
            _thread.Run(() => StartPoll(poller, _instances[0]));
            while (poller.Asked is not null)
            {
                _thread.Run(ReleaseOne);
            }
        }
    }

    private async void StartPut(Instance instance)
    {
        // Keys of its own show what a poller missed, shared keys what two writers do to each other.
        var text = _sent.Count.ToString(CultureInfo.InvariantCulture);
        var key = _random.Next(2) == 0 ? $"own{text}" : $"shared{_random.Next(3)}";
        var sent = new Sent(text);
        _sent.Add(sent);
        var mt = _truth.GetUtcNow().ToUnixTimeSeconds() + _random.Next(-5, 5) + 10_000;
        var submission = Submission.Of(new Record(key, mt, 1, 2, text));
        try
        {
            using var reading = await instance.Journal.ReadAsync(Account, default);
            await instance.Journal.PutAsync(reading!, "web", ItemKind.Record, [submission], default);
            sent.Acknowledged = true;
        }
        catch (StorageUnavailableException)
        {
            // The client is told to try again; what happened is open.
        }
    }

    private static async void StartReset(Instance instance)
    {
        try
        {
            using var reading = await instance.Journal.ReadAsync(Account, default);
            await instance.Journal.ForceResetAsync(reading!, "web", default);
        }
        catch (StorageUnavailableException)
        {
            // As with a PUT.
        }
    }

    private static async void StartPoll(Poller poller, Instance instance)
    {
        if (poller.Asked is not null)
        {
            return;
        }

        poller.Asked = instance;
        try
        {
            using var reading = await instance.Journal.ReadAsync(Account, default);
            var updates = await instance.Journal.UpdatesAsync(reading!, poller.Cursor, default);
            if (ReferenceEquals(poller.Asked, instance))
            {
                poller.Receive(updates);
            }
        }
        catch (StorageUnavailableException)
        {
            // Asks again with the same cursor.
        }

        poller.Asked = ReferenceEquals(poller.Asked, instance) ? null : poller.Asked;
    }

    private Instance NewInstance(int index)
    {
        var gates = new Gates(_faults);
        var store = _memory.Account with { Journal = _late };
        var clock = new SkewedClock(_truth, TimeSpan.FromSeconds(ClockErrors[(index + _crashes) % ClockErrors.Length]));
        return new Instance(
            gates,
            new AccountJournal(FaultyStorage.Around(store, gates), Budget(), clock, new SeededBytes(_random.Next()))
        );
    }

    // Sometimes so small that the account is dropped whenever nobody uses it.
    private MemoryBudget Budget() => new(_random.Next(2) == 0 ? 128 * 1024 * 1024 : 400_000, _truth);

    private void Create()
    {
        var journal = new AccountJournal(_memory.Account.WithLimits(), Budget(), _truth, new SeededBytes(0));
        journal.OpenAsync(Account, "model", "k0001", default).GetAwaiter().GetResult();
    }

    private Row HeadRow() => _memory.Journal.GetAsync(Account.Value, "head", default).GetAwaiter().GetResult()!;

    private List<Entry> Entries()
    {
        var page = _memory.Journal.QueryAsync(Account.Value, new RowRange("z", "z~"), 100_000, null, default);
        var rows = new EntryRows(_memory.Commits);
        return
        [
            .. page.GetAwaiter()
                .GetResult()
                .Rows.Reverse()
                .Select(row => rows.ReadAsync(row, default).GetAwaiter().GetResult()),
        ];
    }

    private static DateTimeOffset ToInstant(ServerTime time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.Steps / 10);

    private sealed record Instance(Gates Gates, AccountJournal Journal);

    private sealed record Sent(string Text)
    {
        internal bool Acknowledged { get; set; }
    }

    /// <summary>Faults that can be ended, so that at the end everything can finish.</summary>
    private sealed class Faults(IFaultPlan wild, IFaultPlan calm) : IFaultPlan
    {
        internal bool Calm { get; set; }

        private IFaultPlan Plan => Calm ? calm : wild;

        public ValueTask BeforeAsync(StorageCall call, CancellationToken cancellation) =>
            Plan.BeforeAsync(call, cancellation);

        public ValueTask AfterAsync(StorageCall call, CancellationToken cancellation) =>
            Plan.AfterAsync(call, cancellation);

        public PageShape Page(StorageCall call, int top) => Plan.Page(call, top);

        public TimeSpan Skew(StorageCall call) => Plan.Skew(call);
    }
}
