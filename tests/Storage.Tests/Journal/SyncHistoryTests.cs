using TimeTagger.Domain.Journal;
using TimeTagger.Tests;
using Xunit;
using Xunit.Abstractions;

namespace TimeTagger.Storage.Tests.Journal;

/// <summary>
/// Whoever holds what the account was as of any cursor, and takes in the answer to it, has what a client has that
/// fetches everything: at every instance, warm or cold, from the newest entries or from the view.
/// </summary>
public sealed class SyncHistoryTests(ITestOutputHelper output)
{
    private const int Steps = 40;
    private const int Warm = 2;

    private int _answers;
    private int _resets;
    private int _withoutView;

    [Fact]
    public async Task Updates_FromEveryCursorOfAnyHistory_LeadToWhatAFullSyncGives()
    {
        var (histories, clients) = (ProofScale.Times(15), 0);
        for (var seed = 0; seed < histories; seed++)
        {
            var history = new SyncHistory(seed);
            try
            {
                await history.RunAsync(Steps);
                foreach (var (cursor, held) in history.Clients.Concat(history.OtherClients()))
                {
                    clients++;
                    await CheckAsync(history, cursor, held);
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The history with seed {seed} went wrong: {e.Message}", e);
            }
        }

        output.WriteLine($"{histories} histories, {clients} cursors, {_answers} answers, {_resets} of them resets");
        output.WriteLine($"{_withoutView} came from cold instances that did not need the view");
        Assert.True(_resets > clients / 10 && _withoutView > clients / 10, "The histories are too tame.");
    }

    private async Task CheckAsync(SyncHistory history, double cursor, SyncState held)
    {
        for (var instance = 0; instance <= Warm; instance++)
        {
            using var reading = await history.ReadAsync(instance);
            Check(await reading.UpdatesAsync(cursor));
            _withoutView += instance == Warm && !reading.Account.State.HasView ? 1 : 0;
            Check(await reading.UpdatesFromViewAsync(cursor));
        }

        void Check(Updates answer)
        {
            _answers++;
            _resets += answer.Reset ? 1 : 0;
            Assert.Equal(history.MustReset(cursor), answer.Reset);
            Assert.Equal(answer.Reset ? history.Now : history.Now.WithGhost(), held.WithGhost().After(answer));
            foreach (var stored in answer.Records.ToList().Concat(answer.Settings.ToList()))
            {
                Assert.True(answer.Reset || stored.St.Seconds >= cursor, "Something older than the cursor was sent.");
                Assert.True(stored.St < answer.ServerTime, "Something not older than the next cursor was sent.");
            }
        }
    }
}
