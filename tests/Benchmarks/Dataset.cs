using System.Text.Json;

namespace TimeTagger.Benchmarks;

/// <summary>Five years of records as a busy person has them.</summary>
internal static class Dataset
{
    internal const int Records = 20_000;
    internal const long Start = 1_600_000_000;
    internal const long Span = 5L * 365 * 86_400;

    private static readonly string[] Tags = ["#client/acme", "#client/zeta", "#home", "#study", "#sport", "#rare"];

    /// <summary>The body of a PUT of records.</summary>
    internal static byte[] Body(int first, int count, int version) =>
        JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(first, count).Select(i => Record(i, version)).ToArray());

    private static Dictionary<string, object> Record(int i, int version)
    {
        var t1 = Start + (i * (Span / Records));
        var tag = i % 50 == 0 ? Tags[^1] : Tags[i % (Tags.Length - 1)];
        return new Dictionary<string, object>
        {
            ["key"] = $"k{i:D7}",
            ["mt"] = t1 + version,
            ["t1"] = t1,
            ["t2"] = i % 5000 == 0 ? t1 : t1 + 3000,
            ["ds"] = $"worked on something that matters, part {i} {tag} #billable",
        };
    }
}
