using TimeTagger.Tests;
using Xunit;
using Xunit.Abstractions;

namespace TimeTagger.Storage.Tests.Journal;

public sealed class JournalModelTests(ITestOutputHelper output)
{
    [Fact]
    public void AnyInterleaving_WithFaultsAndCrashes_KeepsTheJournalAndEveryPollerRight()
    {
        var (acknowledged, unknown, crashes) = (0, 0, 0);
        for (var seed = 0; seed < ProofScale.Times(60); seed++)
        {
            var model = new JournalModel(seed);
            try
            {
                model.Run(1500);
                model.Check();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"The run with seed {seed} went wrong: {e.Message}", e);
            }

            acknowledged += model.Counts.Acknowledged;
            unknown += model.Counts.Unknown;
            crashes += model.Counts.Crashes;
        }

        output.WriteLine($"{acknowledged} acknowledged, {unknown} of unknown end, {crashes} crashes");
        Assert.True(acknowledged > 1000 && unknown > 10 && crashes > 50, "The model meets too few faults.");
    }
}
