using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TimeTagger.Domain.Tests.Journal;

/// <summary>
/// Any interleaving of edits, pushes, polls, resets, duplicated and lost messages, from clients whose clocks are
/// wrong, ends with the same items everywhere, and nothing that was accepted is lost.
/// </summary>
[Properties(Arbitrary = [typeof(Steps)])]
public sealed class ConvergenceTests
{
    private const int Clients = 3;

    [Property(MaxTest = 500, EndSize = 120)]
    public void AnyInterleaving_AfterAllHaveSynced_IsTheSameOnServerAndClients(Step[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var world = new World(Clients);
        foreach (var step in steps)
        {
            world.Do(step);
        }

        world.SyncAll();
        world.AssertConverged();
    }

    private static class Steps
    {
        public static Arbitrary<Step> Step() =>
            (
                from kind in Gen.Frequency(
                    (6, Gen.Constant(StepKind.Edit)),
                    (4, Gen.Constant(StepKind.Push)),
                    (2, Gen.Constant(StepKind.PushLosingAnswer)),
                    (4, Gen.Constant(StepKind.Poll)),
                    (1, Gen.Constant(StepKind.PollLosingAnswer)),
                    (1, Gen.Constant(StepKind.ForeignPut)),
                    (1, Gen.Constant(StepKind.Reset))
                )
                from client in Gen.Choose(0, Clients - 1)
                from key in Gen.Elements("a", "b", "c")
                from seconds in Gen.Choose(0, 2)
                from skew in Gen.Elements(-100_000, -3, 0, 0, 2, 50_000)
                select new Step(kind, client, key, seconds, skew)
            ).ToArbitrary();
    }
}
