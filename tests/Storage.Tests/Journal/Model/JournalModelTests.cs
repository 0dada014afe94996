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
            seed < ProofScale.Times(400);
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
            counts is { Acknowledged: > 5000, Unknown: > 500, Crashes: > 1000 },
            "The model meets too few faults."
        );
        Assert.True(
            counts is { Snapshots: > 300, Trimmed: > 1000, Erased: > 200 },
            "The model sees too little maintenance."
        );
    }
}
