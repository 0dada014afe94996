using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TimeTagger.Domain;
using TimeTagger.Domain.Journal;
using TimeTagger.Domain.Settings;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Tests.Memory;
using Xunit;
using Record = TimeTagger.Domain.Records.Record;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>
/// A history that two instances with wrong clocks write by turns into one store, beside a model of what the account
/// then holds, and every cursor that a client could hold, with what such a client has.
/// </summary>
internal sealed class SyncHistory
{
    private const int Keys = 12;
    private const int LargeItems = 40;
    private const int LargeText = 8000;

    private static readonly AccountKey Account = AccountKey.Local("history");
    private static readonly int[] ClockErrors = [0, -4, 4, -10_800, 7200, 93_600];

    // A clock that differs by less than this is believed.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5.001);
    private static readonly double[] ResetChances = [0, 0.03, 0.15];
    private static readonly long[] Ages = [-100_000, -500, 20, 500, 501, 100_000];

    private readonly Random _random;
    private readonly FakeTimeProvider _truth = new();
    private readonly MemoryStorage _memory;
    private readonly AccountJournal[] _instances;
    private readonly double _resetChance;

    private readonly List<ServerTime> _times = [];
    private readonly List<SyncState> _states = [SyncState.Empty];
    private SyncState _now = SyncState.Empty;
    private ServerTime _resetSt = ServerTime.Never;
    private long _resetAt = -1;
    private int _texts;

    internal SyncHistory(int seed)
    {
        _random = new Random(seed);
        _resetChance = ResetChances[seed % ResetChances.Length];
        _memory = new MemoryStorage(_truth);
        _instances = [NewInstance(), NewInstance()];
    }

    /// <summary>Every cursor that an instance answered, with what a client has that was answered so.</summary>
    internal List<(double Cursor, SyncState Held)> Clients { get; } = [];

    /// <summary>Whether a client with that cursor has to be told to start over.</summary>
    internal bool MustReset(double cursor) => cursor <= _resetSt.Seconds;

    /// <summary>What the account holds now.</summary>
    internal SyncState Now => _now;

    /// <summary>An instance that knows the account already, where it is 0 or 1, or one that never heard of it.</summary>
    internal AccountJournal Instance(int index) => index < _instances.Length ? _instances[index] : NewInstance();

    internal async Task RunAsync(int steps)
    {
        (await _instances[0].OpenAsync(Account, "history", "k0001", default)).Dispose();
        for (var step = 0; step < steps; step++)
        {
            // Often no time passes at all, and then the next commit has exactly the time that the last answer gave.
            _truth.Advance(TimeSpan.FromMilliseconds(_random.Next(3) * _random.Next(4000)));
            await StepAsync();
            using var reading = await ReadAsync(_random.Next(3));
            var answer = await reading.UpdatesAsync(double.PositiveInfinity);
            Clients.Add((answer.ServerTime.Seconds, _now));
        }
    }

    /// <summary>What a client has whose cursor nobody answered: all that was stored before it.</summary>
    internal IEnumerable<(double Cursor, SyncState Held)> OtherClients()
    {
        foreach (var cursor in _times.SelectMany(Around).Concat([-1, -2, 0, 1, double.NegativeInfinity]).Distinct())
        {
            yield return (cursor, _states[_times.TakeWhile(st => st.Seconds < cursor).Count()]);
        }

        yield return (double.PositiveInfinity, _now);
        yield return (_times[^1].Seconds + 1e6, _now);
    }

    internal async Task<SyncReading> ReadAsync(int index)
    {
        var journal = Instance(index);
        return new SyncReading(journal, (await journal.ReadAsync(Account, default))!);
    }

    // The time of an entry itself, the steps beside it, and times that are no whole steps.
    private static IEnumerable<double> Around(ServerTime st) =>
        [
            st.Seconds,
            st.Next.Seconds,
            new ServerTime(st.Steps - 1).Seconds,
            double.BitIncrement(st.Seconds),
            double.BitDecrement(st.Seconds),
            st.Seconds + 0.7,
        ];

    private async Task StepAsync()
    {
        var index = _random.Next(_instances.Length);
        if (_random.NextDouble() < _resetChance)
        {
            await ResetAsync(index);
            return;
        }

        switch (_random.Next(24))
        {
            case 0 or 1:
                _instances[index] = NewInstance(); // Restarted, with another clock.
                break;
            case 2:
                await PutAsync(index, ItemKind.Setting, Enumerable.Range(0, LargeItems).Select(Large));
                break;
            default:
                var kind = _random.Next(3) == 0 ? ItemKind.Setting : ItemKind.Record;
                await PutAsync(index, kind, Enumerable.Range(0, _random.Next(6)).Select(_ => NewSubmission(kind)));
                break;
        }
    }

    private async Task ResetAsync(int index)
    {
        using var reading = await ReadAsync(index);
        await reading.Journal.ForceResetAsync(reading.Account, "web", default);
        _resetAt = _truth.GetUtcNow().ToUnixTimeSeconds();
        _resetSt = await CommittedAsync(_ => _now);
    }

    private async Task PutAsync(int index, ItemKind kind, IEnumerable<Submission> sent)
    {
        var submissions = sent.ToList();
        using var reading = await ReadAsync(index);
        var put = await reading.Journal.PutAsync(reading.Account, "web", kind, submissions, default);
        var good = submissions.Where(submission => submission.Item?.Mt > _resetAt).ToList();
        Assert.Equal(good.Select(submission => submission.Key), put.Accepted);
        if (good.Count > 0 || submissions.Exists(submission => _now.Has(kind, submission.Key!)))
        {
            await CommittedAsync(st => _now.With(kind, submissions, _resetAt, st));
        }
    }

    // As an instance that knows nothing reads it.
    private async Task<ServerTime> CommittedAsync(Func<ServerTime, SyncState> change)
    {
        using var reading = await ReadAsync(_instances.Length);
        var all = await reading.UpdatesAsync(-1);
        var st = new ServerTime(all.ServerTime.Steps - 1);
        Assert.True(_times.Count == 0 || st > _times[^1], "Two commits have one time.");
        Assert.InRange(
            (st.Seconds - ServerTime.From(_truth.GetUtcNow()).Seconds),
            -Tolerance.TotalSeconds,
            Tolerance.TotalSeconds
        );
        _now = change(st);
        Assert.Equal(_now, SyncState.Empty.After(all));
        _times.Add(st);
        _states.Add(_now);
        return st;
    }

    private Submission NewSubmission(ItemKind kind)
    {
        var key = _random.Next(Keys).ToString(CultureInfo.InvariantCulture);
        return _random.Next(8) == 0
            ? Submission.Refused(key, "bad")
            : Submission.Of(kind == ItemKind.Record ? NewRecord(key) : new Setting(key, NewMt(), $"{_texts++}"));
    }

    private Record NewRecord(string key) => new(key, NewMt(), 1, 2, $"{_texts++}");

    // More than an instance remembers of the newest entries, so that older cursors are answered from the view.
    private Submission Large(int number) =>
        Submission.Of(new Setting($"large{number}", NewMt(), $"\"{new string('x', LargeText)}{_texts++}\""));

    // Never so near to a reset that it would depend on a clock that is a little wrong.
    private long NewMt()
    {
        var mt = _truth.GetUtcNow().ToUnixTimeSeconds() + Ages[_random.Next(Ages.Length)];
        return mt > _resetAt - 10 && mt < _resetAt + 10 ? mt + 20 : mt;
    }

    private AccountJournal NewInstance() =>
        new(
            FaultyStorage.Around(_memory.Account, RandomFaults.Benign(_random.Next())),
            new MemoryBudget(64 * 1024 * 1024, _truth),
            new SkewedClock(_truth, TimeSpan.FromSeconds(ClockErrors[_random.Next(ClockErrors.Length)])),
            new SeededBytes(_random.Next())
        );
}

/// <summary>An account as a call finds it at an instance.</summary>
internal sealed record SyncReading(AccountJournal Journal, AccountReading Account) : IDisposable
{
    internal Task<Updates> UpdatesAsync(double since) => Journal.UpdatesAsync(Account, since, default);

    /// <summary>The answer from the view, whatever the instance remembers besides.</summary>
    internal Task<Updates> UpdatesFromViewAsync(double since) =>
        Journal.ReadViewAsync(Account, view => Updates.From(view, since), default);

    public void Dispose() => Account.Dispose();
}
