namespace TimeTagger.Api.Tests.Fuzz;

/// <summary>What a generator asks of its dice.</summary>
internal static class Dice
{
    private const int LongestPiece = 12;

    internal static T Pick<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    internal static bool Chance(this Random random, double chance) => random.NextDouble() < chance;

    /// <summary>One of several, the more often the larger its weight.</summary>
    internal static T Pick<T>(this Random random, IReadOnlyList<(int Weight, T Choice)> choices)
    {
        var roll = random.Next(choices.Sum(choice => choice.Weight));
        foreach (var (weight, choice) in choices)
        {
            roll -= weight;
            if (roll < 0)
            {
                return choice;
            }
        }

        throw new ArgumentException("No choice has a weight.", nameof(choices));
    }

    /// <summary>Several in a row.</summary>
    internal static IEnumerable<T> Times<T>(this Random random, int least, int most, Func<T> make) =>
        Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make());

    /// <summary>Changes bytes here and there: others, more, fewer, twice, elsewhere.</summary>
    internal static string Mutate(this Random random, string wire, int most)
    {
        for (var changes = random.Next(1, most + 1); changes > 0 && wire.Length > 0; changes--)
        {
            var at = random.Next(wire.Length);
            var length = Math.Min(random.Next(1, LongestPiece), wire.Length - at);
            var piece = wire.Substring(at, length);
            wire = random.Next(7) switch
            {
                0 => wire.Remove(at, length),
                1 => wire.Insert(random.Next(wire.Length), piece),
                2 => wire.Insert(at, ((char)random.Next(256)).ToString()),
                3 => wire[..at] + (char)(wire[at] ^ (1 << random.Next(8))) + wire[(at + 1)..],
                4 => wire.Insert(at, random.Pick(HostileText.Broken)),
                5 => wire.Insert(at, random.Pick(HostileJson.Numbers)),
                _ => wire[..at] + (char)random.Next(256) + wire[(at + 1)..],
            };
        }

        return wire;
    }
}
