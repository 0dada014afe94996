using Microsoft.Extensions.Time.Testing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests.Memory;
using Xunit;

namespace TimeTagger.Storage.Tests.Journal.Model;

/// <summary>
/// Several instances of the product over one store, each with a wrong clock, with every storage call held at a gate
/// and let through in a random order: calls fail, answers get lost, inserts arrive late, pages are short, instances
/// crash. Clients write and read, maintenance takes snapshots, trims and sweeps, and now and then the account is
/// erased and its owner signs in again. What anybody sees must at every moment be a state that there was.
/// </summary>
internal sealed partial class JournalModel
{
    private static readonly AccountKey Account = AccountKey.Local("model");
    private static readonly int[] ClockErrors = [0, -3600, 90_000, 2];

    private readonly Random _random;
    private readonly SingleThread _thread = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStorage _memory;
    private readonly WatchedStore _watched;
    private readonly RepeatedWrites _journal;
    private readonly RepeatedWrites _system;
    private readonly LateInserts _late;
    private readonly Faults _faults;
    private readonly List<ModelInstance> _instances = [];
    private readonly List<Poller> _clients = [];
    private int _crashes;
    private int _slow;

    internal JournalModel(int seed)
    {
        _random = new Random(seed);
        _memory = new MemoryStorage(_clock);
        _watched = new WatchedStore(_memory, Account, _clock, ModelInstance.Retention);
        _journal = new RepeatedWrites(_watched.Account.Journal, _random) { Chance = 0.03 };
        _system = new RepeatedWrites(_watched.Account.System, _random) { Chance = 0.03 };
        _late = new LateInserts(_journal, _random) { Chance = 0.05 };
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
            _clients.Add(new Poller());
        }
    }

    /// <summary>How often something happened: a model that never meets its faults proves nothing.</summary>
    internal ModelCounts Counts =>
        new(
            _sent.Count(sent => sent.Acknowledged),
            _sent.Count(sent => !sent.Acknowledged && sent.Life != default),
            _crashes,
            _watched.Counts.Snapshots,
            _watched.Counts.Trimmed,
            Truth.Erased
        );

    private bool IsBusy => _instances.Exists(instance => instance.IsBusy);

    private JournalTruth Truth => _watched.Truth;

    internal void Run(int steps)
    {
        _faults.Calm = true;
        _thread.Run(() => StartPoll(_clients[0], _instances[0])); // Signs in, which makes the account.
        Drain();
        _faults.Calm = false;
        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(300) == 0)
            {
                Pause();
            }
            else
            {
                _thread.Run(Step);
            }
        }

        Settle();
    }

    private void Step()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(200)));
        var instance = _instances[_random.Next(_instances.Count)];
        var client = _random.Next(_clients.Count);
        switch (_random.Next(1000))
        {
            case < 60:
                StartPut(_clients[client], instance);
                break;
            case < 120:
                StartPoll(_clients[client], instance);
                break;
            case < 130:
                StartRead(_clients[client], instance);
                break;
            case < 132:
                _clients[client] = new Poller { Seed = _clients[client].Seed };
                break;
            case < 150:
                _late.LandOne();
                break;
            case < 152:
                StartReset(_clients[client], instance);
                break;
            case < 154:
                StartNewSeed(_clients[client], instance);
                break;
            case < 157:
                StartErase(_clients[client], instance);
                StartErase(_clients[client], _instances[_random.Next(_instances.Count)]); // Who is in a hurry asks twice.
                break;
            case < 164:
                StartMaintenance(() => instance.Maintenance.TakeSnapshotAsync(Account, default));
                break;
            case < 172:
                StartMaintenance(() => instance.Maintenance.MaintainAsync(Account, default));
                break;
            case < 178:
                StartMaintenance(() => instance.Sweep.RunAsync(Failed, default));
                break;
            case < 181:
                Crash(_random.Next(_instances.Count));
                break;
            default:
                ReleaseOne();
                break;
        }
    }

    private void ReleaseOne()
    {
        if (_random.Next(60) == 0)
        {
            _slow = _random.Next(_instances.Count);
        }

        // One is slow for a while, so that the others can do much between two of its calls.
        var busy = _instances.FindAll(instance => instance.IsBusy);
        if (busy.Count > 1 && _random.Next(10) > 0)
        {
            busy.Remove(_instances[_slow]);
        }

        if (busy.Count > 0)
        {
            var gates = busy[_random.Next(busy.Count)].Gates;
            gates.Release(_random.Next(gates.Held.Count));
        }
    }

    private void Drain()
    {
        do
        {
            _thread.Run(ReleaseOne);
            if (!IsBusy)
            {
                _thread.Run(() => _clock.Advance(TimeSpan.FromMilliseconds(1))); // Who pauses goes on.
            }
        } while (IsBusy);
    }

    // A process that is killed: what it was doing never goes on, and what it knew is gone.
    private void Crash(int index)
    {
        _crashes++;
        foreach (var client in _clients.Where(client => ReferenceEquals(client.Asked, _instances[index])))
        {
            client.Asked = null;
        }

        _instances[index] = NewInstance(index);
    }

    // Less than a day, and more: in that time every call has ended or died, and every insert has come or is lost.
    private void Pause()
    {
        foreach (var index in Enumerable.Range(0, _instances.Count).Where(_ => _random.Next(3) == 0))
        {
            Crash(index);
        }

        Drain();
        _late.EndAll();
        _clock.Advance(_random.Next(2) == 0 ? TimeSpan.FromMinutes(40) : TimeSpan.FromHours(25));
    }

    private ModelInstance NewInstance(int index)
    {
        var store = _watched.Account with { Journal = _late, System = _system };
        var error = TimeSpan.FromSeconds(ClockErrors[(index + _crashes) % ClockErrors.Length]);

        // Sometimes so little memory that the account is dropped whenever nobody uses it.
        var budget = new MemoryBudget(_random.Next(2) == 0 ? 128 * 1024 * 1024 : 400_000, _clock);
        return new ModelInstance(store, new Gates(_faults), new SkewedClock(_clock, error), budget, _random.Next());
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
