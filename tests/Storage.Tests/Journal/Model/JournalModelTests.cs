using TimeTagger.Tests;
using Xunit;
using Xunit.Abstractions;

namespace TimeTagger.Storage.Tests.Journal.Model;

public sealed class JournalModelTests(ITestOutputHelper output)
{
    [Fact]
    public void AnyInterleaving_WithFaultsAndCrashes_KeepsTheJournalAndEveryPollerRight()
    {
        var counts = ModelCounts.None;
        for (
            var seed = int.Parse(Environment.GetEnvironmentVariable("SEED") ?? "0");
            seed < ProofScale.Times(250);
            seed++
        )
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

            counts += model.Counts;
        }

        output.WriteLine(counts.ToString());
        Assert.True(
            counts is { Acknowledged: > 1000, Unknown: > 10, Crashes: > 50 },
            "The model meets too few faults."
        );
        Assert.True(
            counts is { Snapshots: > 100, Trimmed: > 100, Erased: > 50 },
            "The model sees too little maintenance."
        );
    }
}
