using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using TimeTagger.Api.Maintenance;
using TimeTagger.Api.Tests.Server;
using TimeTagger.Api.Triggers;
using TimeTagger.Domain.Writing;
using TimeTagger.Storage.Embedded;
using TimeTagger.Storage.Journal;
using TimeTagger.Storage.Maintenance;
using TimeTagger.Storage.Memory;
using TimeTagger.Storage.Port;
using TimeTagger.Storage.Tests;

namespace TimeTagger.Api.Tests.Maintenance;

/// <summary>When maintenance runs and how long it may take, on a clock that the test moves.</summary>
public sealed class MaintenanceTimeTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly DataFolder _data = new();
    private readonly ManualClock _clock = new();
    private readonly SlowTable _table = new();
    private readonly EmbeddedStorage _embedded;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();

    public MaintenanceTimeTests() => _embedded = EmbeddedStorage.Open(_data.Database, _clock);

    [Fact]
    public async Task Message_ThatTakesTooLong_FailsSoThatItComesAgain()
    {
        var run = NewFunction().RunAsync("l.YWRh", default);

        _clock.Advance(TriggeredTime.Longest - Moment);
        Assert.False(run.IsCompleted);
        _clock.Advance(Moment);

        await Assert.ThrowsAsync<TimeoutException>(() => run).WaitAsync(ServerProcess.Patience);
    }

    [Fact]
    public async Task Message_WhoseHostIsGone_IsNotSaidToHaveTakenTooLong()
    {
        using var host = new CancellationTokenSource();
        var run = NewFunction().RunAsync("l.YWRh", host.Token);

        await host.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Longest_IsBelowWhatTheHostLetsAFunctionTake()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("host.json")));
        var limit = TimeSpan.Parse(
            host.RootElement.GetProperty("functionTimeout").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture
        );

        Assert.InRange(limit - TriggeredTime.Longest, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Pump_OnOneMachine_SweepsAMinuteAfterItsStartAndThenEveryQuarterOfAnHour()
    {
        var storage = _embedded.Account with { System = _table };
        var journal = NewJournal(storage);
        var sweep = new SweepFunction(
            new Sweep(storage, NewMaintenance(storage), new Erasure(storage, journal, _clock), _clock),
            _clock,
            NullLogger<SweepFunction>.Instance
        );
        using var pump = new SweepPump(sweep, _clock, NullLogger<SweepPump>.Instance);
        await pump.StartAsync(default);

        await _clock.PassAsync(pump.ExecuteTask!, TimeSpan.FromMinutes(1)).WaitAsync(ServerProcess.Patience);
        await _table.QueriedAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(15));
        await _table.QueriedAsync(2);

        await pump.StopAsync(default);
    }

    public void Dispose()
    {
        _embedded.Dispose();
        _data.Dispose();
        _random.Dispose();
    }

    private MaintenanceFunction NewFunction() =>
        new(
            NewMaintenance(_embedded.Account with { Journal = _table }),
            _clock,
            NullLogger<MaintenanceFunction>.Instance
        );

    private AccountMaintenance NewMaintenance(StorageAccount storage) =>
        new(storage, NewJournal(storage), new MaintenanceOptions(TimeSpan.FromDays(1)), _random);

    private AccountJournal NewJournal(StorageAccount storage) =>
        new(storage, new MemoryBudget(1 << 20, _clock), _clock, _random, Quota.None);

    /// <summary>A table that notes queries and never answers.</summary>
    private sealed class SlowTable : ITable
    {
        private readonly Channel<int> _queried = Channel.CreateUnbounded<int>();
        private int _queries;

        internal async Task QueriedAsync(int times)
        {
            using var patience = new CancellationTokenSource(ServerProcess.Patience);
            Assert.Equal(times, await _queried.Reader.ReadAsync(patience.Token));
        }

        public async Task<RowPage> QueryAsync(
            string partition,
            RowRange range,
            int top,
            string? continuation,
            CancellationToken cancellation
        )
        {
            _queried.Writer.TryWrite(Interlocked.Increment(ref _queries));
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("It never ends.");
        }

        public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<bool> InsertAsync(Row row, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> MergeAsync(Row row, string? ifMatch, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<bool> DeleteAsync(string partition, string key, string? ifMatch, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
